import type { Language } from '@guichet/contracts/shapes';
import i18next from 'i18next';
import Icu from 'i18next-icu';
import { initReactI18next } from 'react-i18next';

export const languages: readonly Language[] = ['fr', 'en', 'de', 'es', 'it'];

const files = import.meta.glob<{ default: Record<string, unknown> }>('./locales/*.json');

export const isLanguage = (text: string | undefined): text is Language =>
  languages.includes(text as Language);

/** Texts of one language at a time: whoever reads German loads no Italian. */
export async function speak(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    const file = await files[`./locales/${language}.json`]?.();
    i18next.addResourceBundle(language, 'translation', file?.default ?? {});
  }
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

await i18next
  .use(Icu)
  .use(initReactI18next)
  .init({
    resources: {},
    fallbackLng: false,
    // React writes texts, and never markup.
    interpolation: { escapeValue: false },
  });
