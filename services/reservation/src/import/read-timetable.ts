import { readCsvTimetable } from './csv-timetable.ts';
import { readCalendarTimetable } from './ical-timetable.ts';
import {
  type TimetableEntry,
  type TimetableFault,
  type TimetableRequest,
  TimetableTooLarge,
  UnreadableTimetable,
} from './timetable.ts';

/** What reading came to; plain data, since it crosses a thread. */
export type ReadTimetable =
  | { outcome: 'read'; entries: TimetableEntry[] }
  | { outcome: 'faulty'; faults: TimetableFault[] }
  | { outcome: 'unreadable' | 'too_large'; reason: string };

/** Reads a timetable of either kind: every entry, or every fault, or why it cannot be read. */
export function readTimetable({ mediaType, ...request }: TimetableRequest): ReadTimetable {
  try {
    const read = mediaType === 'text/csv' ? readCsvTimetable : readCalendarTimetable;
    const { entries, faults } = read(request);
    if (faults.length > 0) return { outcome: 'faulty', faults };
    if (entries.length > request.mostEntries) {
      throw new TimetableTooLarge(`It has more than ${request.mostEntries} dates.`);
    }
    return { outcome: 'read', entries };
  } catch (error) {
    if (error instanceof UnreadableTimetable) {
      return { outcome: 'unreadable', reason: error.message };
    }
    if (error instanceof TimetableTooLarge) return { outcome: 'too_large', reason: error.message };
    throw error;
  }
}
