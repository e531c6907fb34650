/** One line of a timetable that a slot can be made of. */
export type TimetableEntry = {
  startsAt: Date;
  endsAt: Date;
  onSaleAt: Date | null;
  capacity: number;
};

/** What is wrong with which line, in words; `path` is `line 12`. */
export type TimetableFault = { path: string; message: string };

export type Timetable = { entries: TimetableEntry[]; faults: TimetableFault[] };

export type TimetableRequest = {
  mediaType: 'text/csv' | 'text/calendar';
  text: string;
  /** Of the venue: local times are its. */
  timeZone: string;
  /** For entries that name none of their own. */
  capacity: number | undefined;
  /** What starts then or later is left out. */
  until: Date | undefined;
  /** Where a series without an end of its own stops. */
  horizon: Date;
  /** What has started by then is left out, so that a season can be imported midway. */
  now: Date;
  /** More than this is refused rather than worked on. */
  mostEntries: number;
};

/** The text is no timetable at all. */
export class UnreadableTimetable extends Error {}
/** It has more entries than anyone means. */
export class TimetableTooLarge extends Error {}

const CAPACITY_MAX = 1_000_000;

/** A capacity as people write it, or `undefined` where it is none. */
export function readCapacity(text: string): number | undefined {
  const capacity = /^\d{1,7}$/.test(text.trim()) ? Number(text) : 0;
  return capacity >= 1 && capacity <= CAPACITY_MAX ? capacity : undefined;
}

export const capacityFault = `The capacity is a whole number from 1 to ${CAPACITY_MAX}.`;
