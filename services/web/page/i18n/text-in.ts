import type { Language, Localised } from '@guichet/contracts/shapes';
import { languages } from './languages.ts';

/** The text in the language asked for, else in English, else in the first language there is. */
export const textIn = (texts: Localised, language: Language): string =>
  texts[language] ?? texts.en ?? languages.map((other) => texts[other]).find(Boolean) ?? '';
