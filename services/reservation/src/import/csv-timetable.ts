import { CsvError, parse } from 'csv-parse/sync';
import { readTime } from './local-time.ts';
import {
  capacityFault,
  readCapacity,
  type Timetable,
  type TimetableFault,
  type TimetableRequest,
  TimetableTooLarge,
  UnreadableTimetable,
} from './timetable.ts';

const required = ['starts_at', 'ends_at', 'capacity'];
const known = [...required, 'on_sale_at'];
const header = `The first line names the columns: ${required.join(',')} and, if wanted, on_sale_at.`;

type Line = { record: Record<string, string>; info: { lines: number } };

function checkHeader(columns: readonly string[]): string[] {
  const names = columns.map((name) => name.trim().toLowerCase());
  const missing = required.filter((name) => !names.includes(name));
  const unknown = names.filter((name, at) => !known.includes(name) || names.indexOf(name) !== at);
  if (missing.length > 0)
    throw new UnreadableTimetable(`${missing.join(', ')} is missing. ${header}`);
  if (unknown.length > 0) throw new UnreadableTimetable(`“${unknown[0]}” is unknown. ${header}`);
  return names;
}

function readLines(text: string, mostEntries: number): Line[] {
  try {
    return parse(text, {
      columns: checkHeader,
      // Spreadsheets of half of Europe write semicolons, since their comma is a decimal sign.
      delimiter: [',', ';'],
      bom: true,
      info: true,
      trim: true,
      skip_empty_lines: true,
      to: mostEntries + 1,
    }) as unknown as Line[];
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new UnreadableTimetable(`Line ${cause.lines}: ${cause.message}.`, { cause });
  }
}

/** Reads a CSV (RFC 4180) timetable, naming every line that is wrong. */
export function readCsvTimetable({
  text,
  timeZone,
  capacity: common,
  until,
  now,
  mostEntries,
}: Omit<TimetableRequest, 'mediaType' | 'horizon'>): Timetable {
  const lines = readLines(text, mostEntries);
  if (lines.length > mostEntries) {
    throw new TimetableTooLarge(`It has more than ${mostEntries} lines.`);
  }

  const read = lines.map(({ record, info }) => readLine(record, `line ${info.lines}`));
  return {
    entries: read.flatMap(({ entry }) =>
      entry && entry.startsAt > now && (!until || entry.startsAt < until) ? [entry] : [],
    ),
    faults: read.flatMap(({ faults }) => faults),
  };

  function readLine(record: Record<string, string>, path: string) {
    const faults: TimetableFault[] = [];
    const timeOf = (column: string): Date | undefined => {
      const time = readTime(record[column] ?? '', timeZone);
      if (time instanceof Date) return time;
      faults.push({ path, message: `${column}: ${time.fault}` });
      return undefined;
    };
    const startsAt = timeOf('starts_at');
    const endsAt = timeOf('ends_at');
    const onSaleAt = record.on_sale_at ? timeOf('on_sale_at') : null;
    const capacity = record.capacity ? readCapacity(record.capacity) : common;
    if (capacity === undefined) faults.push({ path, message: `capacity: ${capacityFault}` });
    if (startsAt && endsAt && endsAt <= startsAt) {
      faults.push({ path, message: 'It ends before it starts.' });
    }
    if (startsAt && onSaleAt && onSaleAt >= startsAt) {
      faults.push({ path, message: 'Its sale begins after it starts.' });
    }
    const isWhole = startsAt && endsAt && onSaleAt !== undefined && capacity !== undefined;
    return { faults, entry: isWhole ? { startsAt, endsAt, onSaleAt, capacity } : undefined };
  }
}
