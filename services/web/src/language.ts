import { type Language, languageSchema } from '@guichet/contracts/shapes';
import type { Request } from 'express';

export const isLanguage = (text: string): text is Language =>
  languageSchema.options.includes(text as Language);

/** The language that a browser likes best, of those we speak (RFC 9110, 12.5.4). */
export const preferredLanguage = (req: Request): Language => {
  const liked = req.acceptsLanguages(languageSchema.options);
  return liked && isLanguage(liked) ? liked : 'en';
};
