import type { Language } from '@guichet/contracts/shapes';

/** Cents to an amount as the language writes it, by the currency's own number of decimals. */
export function money(cents: number, currency: string, language: Language): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  const { maximumFractionDigits = 2 } = format.resolvedOptions();
  return format.format(cents / 10 ** maximumFractionDigits);
}

/** A date as it is at the venue, since that is where one must be. */
export const dateAt = (instant: string, timeZone: string, language: Language): string =>
  new Intl.DateTimeFormat(language, {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(instant));

export const timeIn = (instant: string, language: Language): string =>
  new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  }).format(new Date(instant));
