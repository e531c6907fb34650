import { expect, test } from 'vitest';
import { wordsOf } from './words.ts';

test('finds words without accents, case or punctuation, each once', () => {
  expect(wordsOf('L’Avare, à l’Opéra', undefined, 'AVARE №2')).toEqual([
    'l',
    'avare',
    'a',
    'opera',
    'no2',
  ]);
});
