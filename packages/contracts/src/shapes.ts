import { z } from 'zod';

/** The languages of the pages and the e-mails. */
export const languageSchema = z.enum(['fr', 'en', 'de', 'es', 'it']);
export type Language = z.infer<typeof languageSchema>;
export const languages = languageSchema.options;

/** A text in one or more languages, each at most so many characters long. */
export function localisedOf(longest: number) {
  const text = z.string().trim().min(1).max(longest).optional();
  return z
    .strictObject({ fr: text, en: text, de: text, es: text, it: text })
    .refine(
      (texts) => Object.values(texts).some(Boolean),
      'Give the text in one language at least.',
    );
}

/** A text in one or more languages; whoever shows it falls back to the first one there is. */
export const localisedSchema = localisedOf(5_000);
export type Localised = z.infer<typeof localisedSchema>;

/** The text in the language asked for, else in English, else in the first language there is. */
export const inLanguage = (texts: Localised, language: Language): string =>
  texts[language] ?? texts.en ?? languages.map((other) => texts[other]).find(Boolean) ?? '';

/** ISO 4217, upper case. Amounts beside it are integers in its minor unit. */
export const currencySchema = z.string().regex(/^[A-Z]{3}$/, 'Use an ISO 4217 code such as EUR.');
export const centsSchema = z.int().min(0).max(100_000_000);

/** RFC 3339 with an offset; kept as the text that came. */
export const instantSchema = z.iso.datetime({ offset: true });

/** An IANA time zone that this runtime knows. */
export const timeZoneSchema = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}, 'Use an IANA time zone such as Europe/Paris.');

/** A colour as CSS writes it in hexadecimal, kept in lower case. */
export const colourSchema = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'Use a colour such as #1f6feb.')
  .toLowerCase();

export const codeSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,39}$/, 'Use a lower-case code such as adult or champagne_brunch.');

/** Page of a list: `limit` items from `cursor`, which is what the last page answered. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
};
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** RFC 9457 with Guichet's own members: a stable `code`, and where input was wrong, which paths. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  code: z.string(),
  traceId: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type ProblemBody = z.infer<typeof problemSchema>;

/** A change: of whatever can be changed, one thing at least. */
export const changeOf = <T extends z.ZodObject>(schema: T): T =>
  schema.refine((changes) => Object.keys(changes).length > 0, 'Name at least one field to change.');
