import type ICAL from 'ical.js';
import { instantOfCalendarTime } from './calendar-zone.ts';

/** One performance of an event: when its series planned it, and when it takes place. */
export type Occurrence = { startsAt: Date; endsAt: Date; event: CalendarEvent };

/** More steps than a rule of decades takes; a rule that never comes true ends here. */
const MOST_STEPS = 20_000;

export class TooManyOccurrences extends Error {}

/** A VEVENT, with its times as instants. */
export class CalendarEvent {
  readonly uid: string;
  readonly isCancelled: boolean;
  readonly #component: ICAL.Component;
  readonly #zone: string;

  constructor(component: ICAL.Component, venueZone: string) {
    this.#component = component;
    this.#zone = venueZone;
    this.uid = String(component.getFirstPropertyValue('uid') ?? '');
    this.isCancelled = component.getFirstPropertyValue('status') === 'CANCELLED';
  }

  get capacity(): string | undefined {
    const value = this.#component.getFirstPropertyValue('x-guichet-capacity');
    return value === null ? undefined : String(value);
  }

  /** When the series planned what this event replaces (RECURRENCE-ID); else `undefined`. */
  get replaces(): Date | undefined {
    const property = this.#component.getFirstProperty('recurrence-id');
    if (property?.getFirstParameter('range')) {
      throw new Error(
        'RECURRENCE-ID with RANGE is not supported: give the series an UNTIL instead.',
      );
    }
    return property ? this.#instants(property)[0] : undefined;
  }

  /** DTSTART, DTEND or DURATION (RFC 5545, 3.6.1), as instants. */
  get times(): { startsAt: Date; endsAt: Date } {
    const start = this.#component.getFirstProperty('dtstart');
    if (!start) throw new Error('DTSTART is missing.');
    const [startsAt] = this.#instants(start);
    if (!startsAt) throw new Error('DTSTART is missing.');
    const end = this.#component.getFirstProperty('dtend');
    const endsAt = end ? this.#instants(end)[0] : this.#endByDuration(start, startsAt);
    if (!endsAt || endsAt <= startsAt) throw new Error('It ends before it starts.');
    return { startsAt, endsAt };
  }

  /**
   * DTSTART, RRULE and RDATE without EXDATE (RFC 5545, 3.8.5), each once; a rule without an end
   * stops at the horizon.
   */
  occurrences(horizon: Date): Occurrence[] {
    const { startsAt, endsAt } = this.times;
    const lengthMs = endsAt.getTime() - startsAt.getTime();
    const excluded = this.#excluded();
    const starts = new Set<number>([startsAt.getTime()]);
    for (const start of this.#added()) starts.add(start.getTime());
    for (const start of this.#repeated(horizon)) starts.add(start.getTime());

    return [...starts]
      .filter((start) => !excluded(start))
      .map((start) => ({
        startsAt: new Date(start),
        endsAt: new Date(start + lengthMs),
        event: this,
      }));
  }

  *#repeated(horizon: Date): Generator<Date> {
    const start = this.#component.getFirstProperty('dtstart') as ICAL.Property;
    const [first] = start.getValues() as ICAL.Time[];
    const tzid = start.getFirstParameter('tzid') || undefined;
    for (const property of this.#component.getAllProperties('rrule')) {
      const rule = property.getFirstValue() as ICAL.Recur;
      const iterator = rule.iterator(first as ICAL.Time);
      for (let steps = 0; ; steps += 1) {
        const next = iterator.next();
        if (!next) break;
        if (steps === MOST_STEPS) throw new TooManyOccurrences();
        const instant = instantOfCalendarTime(next, this.#zone, tzid);
        if (instant >= horizon && !rule.isFinite()) break;
        yield instant;
      }
    }
  }

  #added(): Date[] {
    const properties = this.#component.getAllProperties('rdate');
    if (properties.some((property) => property.type === 'period')) {
      throw new Error('RDATE with periods is not supported: give each its own VEVENT.');
    }
    return properties.flatMap((property) => this.#instants(property));
  }

  /** EXDATE takes out a time or, where it is a day, all that starts on it. */
  #excluded(): (start: number) => boolean {
    const times = new Set<number>();
    const days: [number, number][] = [];
    for (const property of this.#component.getAllProperties('exdate')) {
      for (const time of property.getValues() as ICAL.Time[]) {
        const instant = this.#instantOf(time, property).getTime();
        times.add(instant);
        if (!time.isDate) continue;
        const next = time.clone();
        next.adjust(1, 0, 0, 0);
        days.push([instant, this.#instantOf(next, property).getTime()]);
      }
    }
    return (start) => times.has(start) || days.some(([from, to]) => start >= from && start < to);
  }

  #endByDuration(start: ICAL.Property, startsAt: Date): Date {
    const duration = this.#component.getFirstPropertyValue('duration') as ICAL.Duration | null;
    if (duration) return new Date(startsAt.getTime() + duration.toSeconds() * 1000);
    const end = (start.getFirstValue() as ICAL.Time).clone();
    if (end.isDate) end.adjust(1, 0, 0, 0);
    return this.#instantOf(end, start);
  }

  #instants(property: ICAL.Property): Date[] {
    return (property.getValues() as ICAL.Time[]).map((time) => this.#instantOf(time, property));
  }

  #instantOf(time: ICAL.Time, property: ICAL.Property): Date {
    return instantOfCalendarTime(time, this.#zone, property.getFirstParameter('tzid') || undefined);
  }
}
