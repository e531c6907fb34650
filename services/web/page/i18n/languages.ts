import type { Language } from '@guichet/contracts/shapes';

export const languages: readonly Language[] = ['fr', 'en', 'de', 'es', 'it'];

export const isLanguage = (text: string | undefined): text is Language =>
  languages.includes(text as Language);
