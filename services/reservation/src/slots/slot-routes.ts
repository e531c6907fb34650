import * as operations from '@guichet/contracts/slots';
import { Problem } from '@guichet/http/problem';
import type { RecentAnswers } from '@guichet/http/recent-answers';
import { sendJson } from '@guichet/http/send-json';
import type { Routes } from '@guichet/http/service-app';
import type { ImportRefusal, ImportSlots } from '../import/import-slots.ts';
import type { TimetableRequest } from '../import/timetable.ts';
import type { ChangeSlot } from './change-slot.ts';
import type { CreateSlot } from './create-slot.ts';
import type { ShowAvailability } from './show-availability.ts';
import { type SlotRefusal, slotView } from './slot.ts';

export const statusOfSlotRefusal = {
  offering_not_found: 404,
  slot_times_invalid: 422,
  slot_not_found: 404,
  slot_cancelled: 409,
  capacity_below_taken: 409,
  import_unreadable: 422,
  import_invalid: 422,
  import_too_large: 422,
  catalog_unavailable: 503,
} satisfies Record<SlotRefusal | ImportRefusal, number>;

export type SlotActions = {
  showAvailability: ShowAvailability;
  /** What may be given again. */
  recentAvailability: Pick<RecentAnswers, 'keep'>;
  createSlot: CreateSlot;
  changeSlot: ChangeSlot;
  importSlots: ImportSlots;
};

const dateOf = (instant: string | undefined): Date | undefined =>
  instant === undefined ? undefined : new Date(instant);
const dateOrNull = (instant: string | null): Date | null =>
  instant === null ? null : new Date(instant);

export function slotRoutes(routes: Routes, actions: SlotActions): void {
  routes.on(operations.availability, async ({ query, headers, req, res }) => {
    const { offeringId, from, to } = query;
    const shown = await actions.showAvailability({ offeringId, from, to });
    actions.recentAvailability.keep(req.url, shown);

    const { text, etag } = shown;
    const caching = { etag, 'cache-control': 'no-cache' };
    const seen = headers['if-none-match'];
    if (seen === undefined) return sendJson(res, 200, caching, text);
    res.set(caching);
    if (seen === etag) res.status(304).end();
    // It may name several, which Express compares.
    else res.type('application/json').send(text);
  });

  routes.on(operations.createSlot, async ({ body, subject, res }) => {
    const slot = await actions.createSlot(subject.organiserId, body.offeringId, {
      startsAt: new Date(body.startsAt),
      endsAt: new Date(body.endsAt),
      onSaleAt: dateOrNull(body.onSaleAt),
      capacity: body.capacity,
    });

    res.status(201).location(`/api/slots/${slot.id}`).json(slotView(slot));
  });

  routes.on(operations.changeSlot, async ({ params, body, subject, res }) => {
    const { onSaleAt, ...changes } = body;
    const changed = await actions.changeSlot(params.id, subject.organiserId, {
      ...changes,
      onSaleAt: onSaleAt === undefined ? undefined : dateOrNull(onSaleAt),
    });

    res.json(slotView(changed));
  });

  importRoute(routes, actions);
}

function importRoute(routes: Routes, { importSlots }: SlotActions): void {
  routes.on(operations.importSlots, async ({ query, body, subject, req, res }) => {
    const slotIds = await importSlots(subject.organiserId, query.offeringId, {
      mediaType: mediaTypeOf(req.is(['text/csv', 'text/calendar'])),
      bytes: body,
      capacity: query.capacity,
      until: dateOf(query.until),
    });

    res.status(201).json({ imported: slotIds.length, slotIds });
  });
}

function mediaTypeOf(type: string | false | null): TimetableRequest['mediaType'] {
  if (type === 'text/csv' || type === 'text/calendar') return type;
  throw new Problem({
    status: 415,
    code: 'unsupported_media_type',
    detail: 'Send a timetable as text/csv or text/calendar.',
  });
}
