import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '@guichet/contracts/shapes';

const folder = join(import.meta.dirname, '../../../../services/web/page/i18n/locales');

/** The page’s own texts: a test finds things by what a person reads. */
export function textsOf(language: Language) {
  const texts = JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  const text = (key: string): string => {
    const [area = '', name = ''] = key.split('.');
    const found = texts[area]?.[name];
    if (found === undefined) throw new Error(`${language} has no text ${key}.`);
    return found;
  };
  /** A text with an argument, as far as it is always the same. */
  const before = (key: string): RegExp => {
    const [fixed = ''] = text(key).split('{');
    const pattern = fixed.trim().replace(/[.*+?^$()|[\]\\]/g, '\\$&');
    // Browsers read every kind of space as one.
    return new RegExp(`^${pattern.replace(/\s+/g, '\\s+')}`);
  };
  /** A text with its arguments, where they stand by themselves in it. */
  const filled = (key: string, values: Readonly<Record<string, string>>): string =>
    text(key).replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  return Object.assign(text, { before, with: filled });
}
