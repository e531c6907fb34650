import { DateTime } from 'luxon';

const LOCAL = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})$/;

/** The parts of a clock on the wall; the month is 1 to 12. */
export type WallTime = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
};

/**
 * The instant of a local time. In the hour that happens twice, when clocks go back, it is the first
 * one; in the hour that is missing, when they go forward, the offset from before still counts, so
 * that 02:30 is 03:30 (RFC 5545, 3.3.5). `undefined` where there is no such day.
 */
export function instantOfWall(wall: WallTime, timeZone: string): Date | undefined {
  const local = DateTime.fromObject(wall, { zone: timeZone });
  if (!local.isValid) return undefined;
  const moments = local.getPossibleOffsets().map((possible) => possible.toMillis());
  return new Date(Math.min(...moments));
}

/**
 * Reads a time of a timetable: RFC 3339 with an offset, or a local time of the venue. A local time
 * that clocks skip is a fault: whoever wrote it meant another one.
 */
export function readTime(text: string, timeZone: string): Date | { fault: string } {
  if (INSTANT.test(text)) {
    const instant = DateTime.fromISO(text.replace(' ', 'T'));
    return instant.isValid ? instant.toJSDate() : { fault: `${text} is no such time.` };
  }
  if (!LOCAL.test(text)) {
    return { fault: `“${text}” is not a time such as 2027-03-28T20:30 or 2027-03-28T20:30+02:00.` };
  }
  const wall = DateTime.fromISO(text.replace(' ', 'T'), { zone: 'utc' });
  const instant = wall.isValid ? instantOfWall(wall.toObject() as WallTime, timeZone) : undefined;
  if (!instant) return { fault: `${text} is no such time.` };

  const shown = DateTime.fromJSDate(instant, { zone: timeZone });
  if (shown.hour === wall.hour && shown.minute === wall.minute) return instant;
  return { fault: `${text} does not happen in ${timeZone}: the clocks go forward over it.` };
}
