import { hasCheckDigit } from '../../../check-digit.ts';

/** What is wrong with a field, by the codes of Stripe's own elements. */
export type Problem =
  | 'incomplete_number'
  | 'invalid_number'
  | 'incomplete_expiry'
  | 'invalid_expiry_month'
  | 'invalid_expiry_month_past'
  | 'invalid_expiry_year'
  | 'invalid_expiry_year_past'
  | 'incomplete_cvc';

export const digitsOf = (text: string): string => text.replace(/\D/g, '');

const isAmex = (digits: string): boolean => /^3[47]/.test(digits);

const numberLength = (digits: string): number => {
  if (isAmex(digits)) return 15;
  return digits.startsWith('36') ? 14 : 16;
};

const cvcLength = (number: string): number => (isAmex(digitsOf(number)) ? 4 : 3);

/** As it is embossed: in fours, an American Express card's as 4, 6 and 5. */
export const formatNumber = (text: string): string => {
  const digits = digitsOf(text).slice(0, 16);
  return isAmex(digits)
    ? [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10, 15)].filter(Boolean).join(' ')
    : digits.replace(/(\d{4})(?=\d)/g, '$1 ');
};

/** `12 / 34`. A month that begins with 2 to 9 can only be that month. */
export const formatExpiry = (text: string): string => {
  const typed = digitsOf(text);
  const digits = (/^[2-9]/.test(typed) ? `0${typed}` : typed).slice(0, 4);
  return digits.length > 2 ? `${digits.slice(0, 2)} / ${digits.slice(2)}` : digits;
};

export const numberProblem = (text: string): Problem | undefined => {
  const digits = digitsOf(text);
  if (digits.length < numberLength(digits)) return 'incomplete_number';
  return hasCheckDigit(digits) ? undefined : 'invalid_number';
};

export const expiryOf = (text: string): { month: number; year: number } => {
  const digits = digitsOf(text);
  return { month: Number(digits.slice(0, 2)), year: 2_000 + Number(digits.slice(2, 4)) };
};

/** No bank issues a card for longer. */
const mostYears = 50;

export const expiryProblem = (text: string, now: Date): Problem | undefined => {
  if (digitsOf(text).length < 4) return 'incomplete_expiry';
  const { month, year } = expiryOf(text);
  const thisYear = now.getFullYear();
  if (month < 1 || month > 12) return 'invalid_expiry_month';
  if (year < thisYear) return 'invalid_expiry_year_past';
  if (year > thisYear + mostYears) return 'invalid_expiry_year';
  return year === thisYear && month < now.getMonth() + 1 ? 'invalid_expiry_month_past' : undefined;
};

export const cvcProblem = (text: string, number: string): Problem | undefined =>
  digitsOf(text).length < cvcLength(number) ? 'incomplete_cvc' : undefined;
