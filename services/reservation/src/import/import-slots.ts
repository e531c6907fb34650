import { Refusal } from '@guichet/contracts/refusal';
import type { AskOffering } from '../offerings/ask-offering.ts';
import type { OpenSlots } from '../slots/open-slots.ts';
import { readTimetableInWorker } from './read-in-worker.ts';
import type { ReadTimetable } from './read-timetable.ts';
import type { TimetableEntry, TimetableRequest } from './timetable.ts';

export type ImportRefusal = 'import_unreadable' | 'import_invalid' | 'import_too_large';

/** An answer names so many bad lines; whoever has more has one mistake in all of them. */
const FAULTS_NAMED = 200;
/** Two seasons ahead is what people plan; a series without an end stops there. */
const YEARS_AHEAD = 2;

/** The entries of a timetable that was read, or the refusal that names what is wrong. */
function decideImport(read: ReadTimetable): TimetableEntry[] {
  switch (read.outcome) {
    case 'unreadable':
      throw new Refusal<ImportRefusal>('import_unreadable', read.reason);
    case 'too_large':
      throw new Refusal<ImportRefusal>('import_too_large', `${read.reason} Import it in parts.`);
    case 'faulty':
      throw new Refusal<ImportRefusal>(
        'import_invalid',
        `Nothing was imported: ${read.faults.length} things are wrong.`,
        { errors: read.faults.slice(0, FAULTS_NAMED) },
      );
    case 'read':
      return read.entries;
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Refusal<ImportRefusal>('import_unreadable', 'The file is not UTF-8 text.', { cause });
  }
}

/** Opens a season of slots from a timetable: all of them or, if anything is wrong, none. */
export const importSlots =
  ({
    askOffering,
    openSlots,
    mostSlots,
    now = Date.now,
  }: {
    askOffering: AskOffering;
    openSlots: OpenSlots;
    mostSlots: number;
    now?: () => number;
  }) =>
  async (
    organiserId: string,
    offeringId: string,
    file: {
      mediaType: TimetableRequest['mediaType'];
      bytes: Uint8Array;
      capacity: number | undefined;
      until: Date | undefined;
    },
  ): Promise<string[]> => {
    const text = textOf(file.bytes);
    const offering = await askOffering(offeringId, organiserId);
    const today = new Date(now());
    const horizon = new Date(today);
    horizon.setUTCFullYear(today.getUTCFullYear() + YEARS_AHEAD);

    const entries = decideImport(
      await readTimetableInWorker({
        mediaType: file.mediaType,
        text,
        timeZone: offering.venue.timeZone,
        capacity: file.capacity,
        until: file.until,
        horizon,
        now: today,
        mostEntries: mostSlots,
      }),
    );
    const slots = await openSlots(offering, entries);
    return slots.map(({ id }) => id);
  };
export type ImportSlots = ReturnType<typeof importSlots>;
