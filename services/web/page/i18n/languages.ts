import type { Language } from '@guichet/contracts/shapes';

export const languages: readonly Language[] = ['fr', 'en', 'de', 'es', 'it'];

/** Each in its own words, as who looks for it reads them. */
export const languageNames: Readonly<Record<Language, string>> = {
  fr: 'Français',
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  it: 'Italiano',
};

export const isLanguage = (text: string | undefined): text is Language =>
  languages.includes(text as Language);
