import ICAL from 'ical.js';
import { DateTime, IANAZone } from 'luxon';
import { instantOfWall, type WallTime } from './local-time.ts';

type Change = WallTime & { utcOffset: number; prevUtcOffset: number };

const utcMillis = ({ year, month, day, hour, minute, second }: WallTime) =>
  DateTime.utc(year, month, day, hour, minute, second).toMillis();

/**
 * The instant of a local time by the calendar's own VTIMEZONE. ical.js knows the changes of the
 * clock, but takes the later offset in the missing and the doubled hour where RFC 5545 (3.3.5)
 * takes the one from before: a change counts for local times after both its old and its new hour.
 */
function instantByRules(time: ICAL.Time, zone: ICAL.Timezone): Date {
  const wall = utcMillis(time);
  const fallback = zone.utcOffset(time); // also expands the changes up to this year
  const changes = zone.changes as Change[];
  const past = changes.filter(
    (change) => wall >= utcMillis(change) + Math.max(change.utcOffset, change.prevUtcOffset) * 1000,
  );
  const offset = past.at(-1)?.utcOffset ?? changes[0]?.prevUtcOffset ?? fallback;
  return new Date(wall - offset * 1000);
}

/**
 * The instant of a calendar's time: in UTC, by its VTIMEZONE, by the IANA zone of its TZID where the
 * calendar brings no rules, or, where it floats or is a day, in the venue's zone.
 */
export function instantOfCalendarTime(time: ICAL.Time, venueZone: string, tzid?: string): Date {
  if (time.zone === ICAL.Timezone.utcTimezone) return new Date(utcMillis(time));
  if (time.zone?.component && !time.isDate) return instantByRules(time, time.zone);
  if (tzid !== undefined && !IANAZone.isValidZone(tzid)) {
    throw new Error(`The time zone ${tzid} is neither in the calendar nor a known one.`);
  }
  const { year, month, day, hour, minute, second } = time;
  const instant = instantOfWall({ year, month, day, hour, minute, second }, tzid ?? venueZone);
  if (!instant) throw new Error(`${time.toString()} is no such time.`);
  return instant;
}
