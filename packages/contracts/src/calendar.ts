import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema, pageOf, pageQuery } from './shapes.ts';
import { slotAvailability, slotStateSchema } from './slots.ts';

const DAY_MS = 86_400_000;
/** Two months, as a page of a calendar shows them. */
const longestDays = 62;

/** `a,b,…`: ids of up to a hundred offerings, each counted once. */
const offeringIds = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((id) => id.trim()))])
  .pipe(z.array(idSchema).min(1).max(100))
  .meta({ description: 'Up to a hundred ids of offerings, with commas in between.' });

/** From now on unless `from` says otherwise, for 62 days unless `to` does. */
export function calendarRange(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  now = new Date(),
): { from: Date; to: Date } {
  const begin = from === undefined ? now : new Date(from);
  const end = to === undefined ? new Date(begin.getTime() + longestDays * DAY_MS) : new Date(to);
  return { from: begin, to: end };
}

export const calendar = operation({
  id: 'calendar',
  service: 'reservation',
  method: 'get',
  path: '/api/calendar',
  summary: 'The dates of many offerings that can still be seen, in the order of time',
  access: 'public',
  query: z
    .strictObject({
      ...pageQuery,
      limit: z.coerce.number().int().min(1).max(500).default(500),
      organiserId: idSchema.optional(),
      offeringIds: offeringIds.optional(),
      from: instantSchema.optional(),
      to: instantSchema.optional(),
    })
    .refine(
      (query) => {
        const { from, to } = calendarRange(query);
        const days = (to.getTime() - from.getTime()) / DAY_MS;
        return days > 0 && days <= longestDays;
      },
      {
        path: ['to'],
        message: `Ask for ${longestDays} days at most, and let them end after they begin.`,
      },
    ),
  responses: {
    200: pageOf(slotAvailability.extend({ offeringId: idSchema, organiserId: idSchema })),
  },
});

/** Of an offering that is unknown, not published or has no date to come, nothing is answered. */
export const nextDates = operation({
  id: 'nextDates',
  service: 'reservation',
  method: 'get',
  path: '/api/next-dates',
  summary: 'Of each offering the next date that can be booked, or where none can, the next one',
  access: 'public',
  query: z.strictObject({ offeringIds }),
  responses: {
    200: z.object({
      items: z.array(
        z.object({
          offeringId: idSchema,
          slotId: idSchema,
          startsAt: instantSchema,
          state: slotStateSchema,
        }),
      ),
    }),
  },
});

export const calendarOperations = [calendar, nextDates] as const;
