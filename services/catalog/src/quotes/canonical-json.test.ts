import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

test('sorts keys at every depth and leaves lists in their order', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }, 1], a: null })).toBe(
    '{"a":null,"b":[{"c":2,"d":1},1]}',
  );
});

test('gives the same bytes whatever order the keys came in', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());

      expect(canonicalJson(turned)).toBe(canonicalJson(value));
    }),
  );
});
