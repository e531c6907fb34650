import type { readTimetable } from './read-timetable.ts';
import type { TimetableRequest } from './timetable.ts';

/** What every import of these tests asks, but for its text. */
export const request = {
  timeZone: 'Europe/Paris',
  capacity: undefined,
  until: undefined,
  horizon: new Date('2028-01-01T00:00:00Z'),
  now: new Date('2026-01-01T00:00:00Z'),
  mostEntries: 100,
} satisfies Partial<TimetableRequest>;

/** When what was read starts, or why nothing was. */
export const starts = (read: ReturnType<typeof readTimetable>) =>
  read.outcome === 'read'
    ? read.entries.map(({ startsAt }) => startsAt.toISOString()).sort()
    : read;
