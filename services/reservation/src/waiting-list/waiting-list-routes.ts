import { type PricingRefusal, statusOfPricingRefusal } from '@guichet/contracts/quotes';
import * as operations from '@guichet/contracts/waiting-list';
import { parseRequest } from '@guichet/http/parse-request';
import type { Routes } from '@guichet/http/service-app';
import type { Pool } from '@guichet/postgres/pool';
import { z } from 'zod';
import { visitorOf } from '../bookings/booking-routes.ts';
import { entryView, foundSlot, statusOf, type WaitingListRefusal } from './entry.ts';
import type { JoinTheWaitingList } from './join-waiting-list.ts';
import type { LeaveWaitingList, ShowEntry } from './leave-waiting-list.ts';
import { waitingListStore } from './waiting-list-store.ts';

export const statusOfWaitingListRefusal = {
  ...statusOfPricingRefusal,
  places_left: 409,
  already_waiting: 409,
  waiting_list_full: 409,
  idempotency_key_reused: 422,
  entry_not_found: 404,
  places_offered: 409,
  catalog_unavailable: 503,
} satisfies Record<WaitingListRefusal | PricingRefusal, number>;

/** Where a list goes on: after the entry of that position. */
const positionSchema = z.string().regex(/^\d{1,18}$/);

export function waitingListRoutes(
  routes: Routes,
  {
    pool,
    join,
    show,
    leave,
  }: { pool: Pool; join: JoinTheWaitingList; show: ShowEntry; leave: LeaveWaitingList },
): void {
  routes.on(operations.joinWaitingList, async ({ params, body, subject, res, ...call }) => {
    const { idempotencyKey, bodyHash } = call;
    const { entry, manageToken } = await join({
      ...body,
      slotId: params.id,
      customerId: subject?.kind === 'customer' ? subject.id : null,
      claim:
        idempotencyKey === undefined
          ? undefined
          : { key: `${subject?.id ?? 'anyone'} ${idempotencyKey}`, bodyHash },
    });

    res.status(201).location(`/api/waiting-list/${entry.id}`);
    res.json({ ...entryView(entry), manageToken });
  });

  routes.on(operations.getEntry, async ({ params, res, ...call }) => {
    res.json(entryView(await show(params.id, visitorOf(call))));
  });

  routes.on(operations.leaveWaitingList, async ({ params, res, ...call }) => {
    await leave(params.id, visitorOf(call));

    res.status(204).end();
  });

  routes.on(operations.listWaitingList, async ({ params, query, subject, res }) => {
    const { cursor, limit } = query;
    const after = cursor === undefined ? undefined : parseRequest(positionSchema, cursor);
    const store = waitingListStore(pool);
    const slot = await store.findSlot(params.id);
    // Another organiser's is answered as if it did not exist.
    foundSlot(slot?.organiserId === subject.organiserId ? slot : undefined);
    const entries = await store.list(params.id, { after, limit: limit + 1 });

    const shown = entries.slice(0, limit);
    res.json({
      items: shown.map((entry) => ({
        id: entry.id,
        contact: entry.contact,
        party: entry.party,
        places: entry.places,
        status: statusOf(entry),
        joinedAt: entry.joinedAt.toISOString(),
        bookingId: entry.bookingId,
      })),
      nextCursor: entries.length > limit ? (shown.at(-1)?.position ?? null) : null,
    });
  });
}
