import { calendar, calendarRange, nextDates } from '@guichet/contracts/calendar';
import { idSchema } from '@guichet/contracts/ids';
import { parseRequest } from '@guichet/http/parse-request';
import type { Routes } from '@guichet/http/service-app';
import type { Pool } from '@guichet/postgres/pool';
import type { LiveSettings } from '../config.ts';
import { stateOf } from '../slots/slot.ts';
import { calendarStore, type DatedSlot } from './calendar-store.ts';

/** What people look through before they have chosen what to go to: dates across offerings. */
export function calendarRoutes(
  routes: Routes,
  { pool, live }: { pool: Pool; live: () => Pick<LiveSettings, 'fewLeftPercent'> },
): void {
  const store = calendarStore(pool);
  const stateNow = (slot: DatedSlot) => stateOf(slot, { now: slot.now, ...live() });

  routes.on(calendar, async ({ query, res }) => {
    const { cursor, limit, organiserId, offeringIds } = query;
    const after = cursor === undefined ? undefined : parseRequest(idSchema, cursor);
    const slots = await store.listBetween({
      ...calendarRange(query),
      organiserId,
      offeringIds,
      limit,
      after,
    });

    const items = slots.slice(0, limit).map((slot) => ({
      offeringId: slot.offeringId,
      organiserId: slot.organiserId,
      slotId: slot.id,
      startsAt: slot.startsAt.toISOString(),
      endsAt: slot.endsAt.toISOString(),
      remaining: slot.capacity - slot.taken,
      state: stateNow(slot),
    }));
    const isLast = slots.length <= limit;
    res.json({ items, nextCursor: isLast ? null : (items.at(-1)?.slotId ?? null) });
  });

  routes.on(nextDates, async ({ query, res }) => {
    const slots = await store.listNext(query.offeringIds);

    const items = slots.map((slot) => ({
      offeringId: slot.offeringId,
      slotId: slot.id,
      startsAt: slot.startsAt.toISOString(),
      state: stateNow(slot),
    }));
    res.json({ items });
  });
}
