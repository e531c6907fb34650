import { expect, test } from 'vitest';
import { parseTexts } from './parse-texts.ts';

test('a message is parsed, so that no browser has to', () => {
  const json = JSON.stringify({ home: { from: 'from {price}' } });

  expect(parseTexts(json)).toEqual({ home: { from: ['from ', ['price']] } });
});

test('a message that is none ends the build with its key', () => {
  const json = JSON.stringify({ home: { from: 'from {price' } });

  expect(() => parseTexts(json)).toThrow('home.from is no ICU message: from {price');
});
