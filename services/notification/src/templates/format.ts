import type { Language } from '@guichet/contracts/shapes';

/** Far more than the currencies, and the zones of venues, that are written in one week. */
const mostKept = 500;

/** What writes, made once for each language and what else it depends on: making one costs 50 µs. */
function kept<Format>(make: (language: Language, by: string) => Format) {
  const known = new Map<string, Format>();
  return (language: Language, by: string): Format => {
    const key = `${language} ${by}`;
    const format = known.get(key) ?? make(language, by);
    if (known.size >= mostKept) known.clear();
    known.set(key, format);
    return format;
  };
}

const amounts = kept((language, currency) => {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  const { maximumFractionDigits = 2 } = format.resolvedOptions();
  return { format, unit: 10 ** maximumFractionDigits };
});

const dates = kept(
  (language, timeZone) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short', timeZone }),
);

/** Cents to an amount as the language writes it, by the currency's own number of decimals. */
export function money(cents: number, currency: string, language: Language): string {
  const { format, unit } = amounts(language, currency);
  return format.format(cents / unit);
}

/** A date as it is at the venue, since that is where one must be. */
export const dateAt = (instant: string, timeZone: string, language: Language): string =>
  dates(language, timeZone).format(new Date(instant));

export const timeIn = (instant: string, language: Language): string =>
  new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  }).format(new Date(instant));
