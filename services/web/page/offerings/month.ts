/*
 * Days are texts, `2027-03-28`, as the venue's calendar has them: a Date would be of the visitor's
 * own zone. Counted in UTC, where every day has 24 hours.
 */
const asDate = (day: string) => new Date(`${day}T00:00:00Z`);
const asDay = (date: Date) => date.toISOString().slice(0, 10);

export function addDays(day: string, days: number): string {
  const date = asDate(day);
  date.setUTCDate(date.getUTCDate() + days);
  return asDay(date);
}

export const monthOf = (day: string): string => day.slice(0, 7);

/** The same day of another month, or its last one where it is shorter. */
export function addMonths(day: string, months: number): string {
  const date = asDate(`${monthOf(day)}-01`);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(Number(day.slice(8)), last));
  return asDay(date);
}

/** Weeks begin on Monday (ISO 8601). */
export const weekdayOf = (day: string): number => (asDate(day).getUTCDay() + 6) % 7;

/** A month as weeks of seven days; those of its neighbours are undefined. */
export function weeksOf(month: string): (string | undefined)[][] {
  const first = `${month}-01`;
  const cells: (string | undefined)[] = Array.from({ length: weekdayOf(first) }, () => undefined);
  for (let day = first; monthOf(day) === month; day = addDays(day, 1)) cells.push(day);
  while (cells.length % 7 !== 0) cells.push(undefined);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** Where a key leads from a day (ARIA Authoring Practices Guide, Date Picker). */
export function dayAfterKey(day: string, key: string): string | undefined {
  if (key === 'ArrowLeft') return addDays(day, -1);
  if (key === 'ArrowRight') return addDays(day, 1);
  if (key === 'ArrowUp') return addDays(day, -7);
  if (key === 'ArrowDown') return addDays(day, 7);
  if (key === 'Home') return addDays(day, -weekdayOf(day));
  if (key === 'End') return addDays(day, 6 - weekdayOf(day));
  if (key === 'PageUp') return addMonths(day, -1);
  if (key === 'PageDown') return addMonths(day, 1);
  return undefined;
}
