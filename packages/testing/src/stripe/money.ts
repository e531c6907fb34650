/** An amount for people: `€0.50`. */
export const money = (cents: number, currency: string, language = 'en'): string =>
  new Intl.NumberFormat(language, { style: 'currency', currency }).format(cents / 100);
