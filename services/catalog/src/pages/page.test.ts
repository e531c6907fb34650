import { expect, test } from 'vitest';
import { decideVersion } from './page.ts';

const text = { title: { en: 'Terms', fr: 'Conditions' }, body: { en: 'Be kind.' } };
const third = { version: 3, ...text };

test('the first text is version 1, and another one the next', () => {
  expect(decideVersion(null, text)).toBe(1);
  expect(decideVersion(third, { ...text, body: { en: 'Be kinder.' } })).toBe(4);
  expect(decideVersion(third, { ...text, title: { en: 'Terms' } })).toBe(4);
});

test('the same text, in whatever order of languages, is no new version', () => {
  const again = { title: { fr: 'Conditions', en: 'Terms' }, body: { en: 'Be kind.' } };

  expect(decideVersion(third, again)).toBe(3);
  expect(decideVersion(third, { ...again, basedOn: 1 })).toBe(3);
});

test('what was based on the newest version is the next one', () => {
  const body = { en: 'Be kinder.' };

  expect(decideVersion(third, { ...text, body, basedOn: 3 })).toBe(4);
  expect(decideVersion(null, { ...text, body, basedOn: 0 })).toBe(1);
});

test.each([
  ['an older version', third, 2, 'The page is at version 3, not 2'],
  ['a version that is not there yet', third, 4, 'The page is at version 3, not 4'],
  ['no version, where there is one', third, 0, 'The page is at version 3, not 0'],
  ['a version, where there is none', null, 1, 'This page has no version yet'],
])('what was based on %s is refused, in words', (_, newest, basedOn, sentence) => {
  expect(() => decideVersion(newest, { ...text, body: { en: 'New.' }, basedOn })).toThrow(sentence);
});
