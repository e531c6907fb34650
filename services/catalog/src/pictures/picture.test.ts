import { expect, test } from 'vitest';
import { decideAdded, decideChanged, decideRemoved } from './picture.ts';

const picture = (id: string) => ({ id, width: 1_600, height: 900, colour: '#0b6e8f' });
const three = ['a', 'b', 'c'].map(picture);
const idsOf = (pictures: readonly { id: string }[]) => pictures.map(({ id }) => id).join('');

test('a picture comes last, and the eleventh does not come at all', () => {
  const ten = [...'abcdefghij'].map(picture);

  expect(idsOf(decideAdded(three, picture('d')))).toBe('abcd');
  expect(() => decideAdded(ten, picture('k'))).toThrow('at most 10 pictures');
});

test.each([
  ['c', 0, 'cab'],
  ['a', 1, 'bac'],
  ['a', 9, 'bca'],
  ['b', 1, 'abc'],
])('%s moved to %i makes %s', (id, position, order) => {
  expect(idsOf(decideChanged(three, id, { position }))).toBe(order);
});

test('a description changes nothing else', () => {
  const alt = { en: 'A boat' };

  expect(decideChanged(three, 'b', { alt })).toEqual([
    picture('a'),
    { ...picture('b'), alt },
    picture('c'),
  ]);
});

test('what is not there is not changed, and removed already', () => {
  expect(() => decideChanged(three, 'x', { position: 0 })).toThrow('no such picture');
  expect(idsOf(decideRemoved(three, 'x'))).toBe('abc');
  expect(idsOf(decideRemoved(three, 'a'))).toBe('bc');
});
