import ICAL from 'ical.js';
import { CalendarEvent, type Occurrence, TooManyOccurrences } from './calendar-event.ts';
import {
  capacityFault,
  readCapacity,
  type Timetable,
  type TimetableFault,
  type TimetableRequest,
  TimetableTooLarge,
  UnreadableTimetable,
} from './timetable.ts';

type Named = { path: string; event: CalendarEvent };

function readEvents(text: string, venueZone: string): Named[] {
  let calendar: ICAL.Component;
  try {
    const parsed = ICAL.parse(text);
    if (parsed[0] !== 'vcalendar') throw new Error('There is no single VCALENDAR.');
    calendar = new ICAL.Component(parsed);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UnreadableTimetable(`This is no iCalendar (RFC 5545) file: ${reason}`, { cause });
  }
  const lines = text
    .split(/\r?\n/)
    .flatMap((line, at) => (/^BEGIN:VEVENT/i.test(line) ? [at + 1] : []));
  return calendar.getAllSubcomponents('vevent').map((component, at) => ({
    path: `line ${lines[at] ?? '?'}`,
    event: new CalendarEvent(component, venueZone),
  }));
}

/** Reads an iCalendar (RFC 5545) timetable, naming every event that is wrong by its first line. */
export function readCalendarTimetable({
  text,
  timeZone,
  capacity: common,
  until,
  horizon,
  now,
  mostEntries,
}: Omit<TimetableRequest, 'mediaType'>): Timetable {
  const faults: TimetableFault[] = [];
  const series: Named[] = [];
  const replacements = new Map<string, Named>();

  for (const named of readEvents(text, timeZone)) {
    attempt(named, () => {
      const planned = named.event.replaces;
      if (planned) replacements.set(`${named.event.uid} ${planned.getTime()}`, named);
      else series.push(named);
    });
  }

  const entries = [...series.flatMap(expand), ...[...replacements.values()].flatMap(replace)];
  return { entries, faults };

  /** What happens as the series planned it: what another event replaces is that one's to tell. */
  function expand(named: Named) {
    if (named.event.isCancelled) return [];
    const planned =
      attempt(named, () => named.event.occurrences(until && until < horizon ? until : horizon)) ??
      [];
    const uid = named.event.uid;
    return toEntries(
      named,
      planned.filter(({ startsAt }) => !replacements.has(`${uid} ${startsAt.getTime()}`)),
    );
  }

  function replace(named: Named) {
    if (named.event.isCancelled) return [];
    const times = attempt(named, () => named.event.times);
    return times ? toEntries(named, [{ ...times, event: named.event }]) : [];
  }

  function toEntries(named: Named, occurrences: Occurrence[]) {
    const ahead = occurrences.filter(
      ({ startsAt }) => startsAt > now && (!until || startsAt < until),
    );
    if (ahead.length > mostEntries) {
      throw new TimetableTooLarge(`It has more than ${mostEntries} dates.`);
    }
    const own = named.event.capacity;
    const capacity = own === undefined ? common : readCapacity(own);
    if (capacity === undefined) {
      faults.push({ path: named.path, message: `X-GUICHET-CAPACITY: ${capacityFault}` });
      return [];
    }
    return ahead.map(({ startsAt, endsAt }) => ({ startsAt, endsAt, onSaleAt: null, capacity }));
  }

  function attempt<T>({ path }: Named, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (error instanceof TooManyOccurrences) {
        throw new TimetableTooLarge(`${path}: the rule gives more dates than anyone means.`);
      }
      faults.push({ path, message: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }
}
