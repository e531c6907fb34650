import { expect, test } from 'vitest';
import { readChoices } from './choices.ts';

test('buys for one card in English when told nothing', () => {
  expect(readChoices({})).toEqual({
    offering: undefined,
    party: undefined,
    options: [],
    card: '4242424242424242',
    cardNamed: false,
    language: 'en',
  });
});

test('reads party, options, card and language', () => {
  const env = {
    OFFERING: ' regatta ',
    PARTY: 'adult:2, baby:1',
    OPTIONS: 'champagne:2,audio-guide',
    CARD: '4000000000000002',
    LANGUAGE: 'fr',
  };

  expect(readChoices(env)).toEqual({
    offering: 'regatta',
    party: { adult: 2, baby: 1 },
    options: [
      { code: 'champagne', quantity: 2 },
      { code: 'audio-guide', quantity: 1 },
    ],
    card: '4000000000000002',
    cardNamed: true,
    language: 'fr',
  });
});

test('leaves the language list of a desktop alone', () => {
  expect(readChoices({ LANGUAGE: 'en_GB:en' }).language).toBe('en');
});

test.each([
  [{ PARTY: 'adult=2' }, 'PARTY=adult=2 is not understood at "adult=2"'],
  [{ PARTY: 'Adult:2' }, 'is not understood at "Adult:2"'],
  [{ OPTIONS: 'tea:-1' }, 'is not understood at "tea:-1"'],
  [{ LANGUAGE: 'pt' }, 'LANGUAGE=pt is not spoken here. Choose one of fr, en, de, es, it.'],
])('says what is wrong with %o', (env, sentence) => {
  expect(() => readChoices(env)).toThrow(sentence);
});
