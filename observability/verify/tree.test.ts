import { expect, test } from 'vitest';
import type { Span } from '../watchers/jaeger.ts';
import { silentIn, whyNoTree } from './tree.ts';

const span = (id: string, parentId?: string, service = 'payment'): Span => ({
  id,
  parentId,
  service,
  name: `does ${id}`,
});

test('spans below the caller’s own, which nobody tells of, are one tree', () => {
  expect(
    whyNoTree([span('b', 'a'), span('a', 'caller'), span('c', 'a')], 'caller'),
  ).toBeUndefined();
  expect(whyNoTree([span('a'), span('b', 'a')], 'caller')).toBeUndefined();
});

test('a span whose parent is not there is an orphan, and is named', () => {
  expect(whyNoTree([span('a', 'caller'), span('b', 'lost')], 'caller')).toBe(
    '1 have a parent that is not there: payment does b',
  );
});

test('two roots, a circle and nothing at all are no tree', () => {
  expect(whyNoTree([span('a'), span('b')], 'caller')).toBe(
    'it has 2 roots: payment does a, payment does b',
  );
  expect(whyNoTree([span('a', 'b'), span('b', 'a')], 'caller')).toBe('they go in a circle');
  expect(whyNoTree([], 'caller')).toBe('there is no span');
});

test('services that tell nothing are named', () => {
  expect(silentIn([span('a')], ['payment', 'notification'])).toEqual(['notification']);
});
