import { setupI18n } from '@lingui/core';
import type { CompiledMessage } from '@lingui/message-utils/compileMessage';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { parseTexts } from '../../build/parse-texts.ts';
import { languages } from './languages.ts';
import { fileOf, messagesOf } from './locales-test.ts';

const english = messagesOf('en');
const others = languages.filter((language) => language !== 'en');
/** Of each plural form that one of our languages has, and of a number that is written in groups. */
const counts = [0, 1, 2, 5, 1_000];

/** The messages as the page has them: parsed by its build. */
function builtOf(language: (typeof languages)[number]): Map<string, CompiledMessage> {
  const areas = Object.entries(parseTexts(fileOf(language)));
  return new Map(
    areas.flatMap(([area, texts]) =>
      Object.entries(texts).map(([name, parsed]) => [`${area}.${name}`, parsed] as const),
    ),
  );
}

/** `name kind` of each argument, also of those that stand in a plural's branches. */
function argumentsOf(message: CompiledMessage): string[] {
  const found = message.flatMap((token) => {
    if (typeof token === 'string') return [];
    const [name, kind = 'text', format] = token;
    const branches = typeof format === 'object' && format !== null ? Object.values(format) : [];
    const inside = branches.filter((branch) => Array.isArray(branch)).flatMap(argumentsOf);
    return [`${name} ${kind}`, ...inside];
  });
  return [...new Set(found)].sort();
}

/** A number for what is counted, and for everything else a word that is easily found again. */
function valuesFor(message: CompiledMessage, count: number): Record<string, string | number> {
  const byKind = argumentsOf(message).map((argument) => argument.split(' ') as [string, string]);
  const counted = new Set(byKind.filter(([, kind]) => kind === 'plural').map(([name]) => name));
  return Object.fromEntries(
    byKind.map(([name]) => [name, counted.has(name) ? count : `<${name}>`] as const),
  );
}

describe.for(languages)('the texts in %s', (language) => {
  const written = messagesOf(language);
  const built = builtOf(language);

  test('have the keys of the English ones, in their order, and none is empty', () => {
    expect([...written.keys()]).toEqual([...english.keys()]);
    expect([...written].filter(([, message]) => message.trim() === '')).toEqual([]);
  });

  test('take the arguments of the English ones, of the same kinds', () => {
    for (const [key, message] of builtOf('en')) {
      expect(argumentsOf(built.get(key) ?? []), key).toEqual(argumentsOf(message));
    }
  });

  test('say on the page what ICU MessageFormat says, whatever is counted', () => {
    const page = setupI18n({
      locale: language,
      messages: { [language]: Object.fromEntries(built) },
    });
    for (const [key, parsed] of built) {
      const icu = new IntlMessageFormat(written.get(key) ?? '', language);
      for (const count of counts) {
        const values = valuesFor(parsed, count);
        const said = page._(key, values);

        expect(said, key).toBe(icu.format(values));
        expect(said, key).not.toMatch(/\b(undefined|null|NaN)\b|[{}#]/);
        for (const value of Object.values(values)) {
          if (typeof value === 'string') expect(said, key).toContain(value);
        }
      }
    }
  });

  test('are set with the apostrophes, quotation marks and ellipses of print', () => {
    const typed = [...written].filter(([, message]) => /['"`]|\.\.\.|\s{2}/.test(message));

    expect(typed).toEqual([]);
  });
});

test('French keeps its high punctuation and guillemets on one line with the word before', () => {
  const loose = [...messagesOf('fr')].filter(([, message]) =>
    /[^\u202f][;:!?%»]|«[^\u202f]/.test(message),
  );

  expect(loose).toEqual([]);
});

test('no text is left in English, but words that the languages share', () => {
  const same = others.map((language) => [
    language,
    [...messagesOf(language)]
      .filter(([key, message]) => english.get(key) === message)
      .map(([key]) => key),
  ]);

  expect(Object.fromEntries(same)).toEqual({
    fr: [
      'home.date',
      'offering.options',
      'offering.places',
      'offering.total',
      'ticket.total',
      'checkout.attendee',
    ],
    de: ['field.fault'],
    es: ['offering.total', 'ticket.total', 'field.fault'],
    it: ['field.fault', 'account.password'],
  });
});
