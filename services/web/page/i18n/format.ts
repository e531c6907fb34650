import type { Language } from '@guichet/contracts/shapes';

/** English as Europe writes it: the day before the month, and 24 hours. */
export const localeOf = (language: Language): string => (language === 'en' ? 'en-GB' : language);

/** Cents in a currency as its readers write it. Currencies without cents are none of ours yet. */
export const money = (cents: number, currency: string, language: Language): string =>
  new Intl.NumberFormat(localeOf(language), { style: 'currency', currency }).format(cents / 100);

const formatted = (
  instant: string,
  language: Language,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
) =>
  new Intl.DateTimeFormat(localeOf(language), { timeZone, ...options }).format(new Date(instant));

export const longDate = (instant: string, language: Language, timeZone: string) =>
  formatted(instant, language, timeZone, { weekday: 'long', day: 'numeric', month: 'long' });

export const shortDate = (instant: string, language: Language, timeZone: string) =>
  formatted(instant, language, timeZone, { weekday: 'short', day: 'numeric', month: 'short' });

export const clock = (instant: string, language: Language, timeZone: string) =>
  formatted(instant, language, timeZone, { hour: '2-digit', minute: '2-digit' });

/** The calendar day of a moment at a place, `2027-03-28`. */
export const dayAt = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(new Date(instant));

/** The visitor’s own zone, and whether its clocks differ from the venue’s at that moment. */
export function ownTimeDiffers(instant: string, timeZone: string): boolean {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return clock(instant, 'en', own) !== clock(instant, 'en', timeZone);
}

/** A calendar day as words; it is of no zone, so it is read in UTC. */
const inWords = (day: string, language: Language, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(localeOf(language), { timeZone: 'UTC', ...options }).format(
    new Date(`${day}T00:00:00Z`),
  );

export const dayInWords = (day: string, language: Language) =>
  inWords(day, language, { dateStyle: 'full' });

export const monthInWords = (day: string, language: Language) =>
  inWords(day, language, { month: 'long', year: 'numeric' });

/** From Monday on; 2024 began with one. */
export const weekdays = (language: Language) =>
  [1, 2, 3, 4, 5, 6, 7].map((date) => ({
    short: inWords(`2024-01-0${date}`, language, { weekday: 'short' }),
    long: inWords(`2024-01-0${date}`, language, { weekday: 'long' }),
  }));
