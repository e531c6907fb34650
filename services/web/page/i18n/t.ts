import type { Language } from '@guichet/contracts/shapes';
import { setupI18n } from '@lingui/core';
import type en from './locales/en.json';

type Texts = typeof en;
/** `area.text`: one that the English texts have not does not compile. */
export type Key = { [A in keyof Texts]: `${A}.${keyof Texts[A] & string}` }[keyof Texts];

/** Messages that the build has parsed already, by area: no parser comes to the browser. */
type Parsed = Readonly<Record<string, Readonly<Record<string, string>>>>;

const i18n = setupI18n();
const files = import.meta.glob<{ default: Parsed }>('./locales/*.json');

/** The text of a key in the language that is spoken, with its arguments (ICU MessageFormat). */
export const t = (key: Key, values?: Readonly<Record<string, string | number>>): string =>
  i18n._(key, values);

export const hasText = (key: string): key is Key => i18n.messages[key] !== undefined;

async function load(language: Language): Promise<void> {
  const file = await files[`./locales/${language}.json`]?.();
  for (const [area, texts] of Object.entries(file?.default ?? {})) {
    const named = Object.entries(texts).map(([name, message]) => [`${area}.${name}`, message]);
    i18n.load(language, Object.fromEntries(named));
  }
}

const loading = new Map<Language, Promise<void>>();

/** Texts of one language at a time: whoever reads German loads no Italian. */
export function speak(language: Language): Promise<void> {
  const known = loading.get(language) ?? load(language);
  loading.set(language, known);
  return known;
}

/** From here on `t` speaks it; its texts are there. */
export function activate(language: Language): void {
  if (i18n.locale === language) return;
  i18n.activate(language);
  document.documentElement.lang = language;
}
