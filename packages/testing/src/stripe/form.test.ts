import { expect, test } from 'vitest';
import { decodeForm } from './form.ts';

test.each([
  ['a=1&b=two+words', { a: '1', b: 'two words' }],
  ['metadata[bookingId]=b1&metadata[a%20b]=c', { metadata: { bookingId: 'b1', 'a b': 'c' } }],
  ['expand[]=a&expand[]=b', { expand: ['a', 'b'] }],
  ['expand[0]=a&expand[1]=b', { expand: ['a', 'b'] }],
  ['d[card][number]=4242&d[type]=card', { d: { card: { number: '4242' }, type: 'card' } }],
  ['items[0][a]=1&items[1][a]=2', { items: [{ a: '1' }, { a: '2' }] }],
  ['', {}],
])('reads %s', (text, form) => {
  expect(decodeForm(text)).toEqual(form);
});

test('gives no form a prototype of its own', () => {
  const form = decodeForm('__proto__[polluted]=yes&a[__proto__][polluted]=yes');

  expect(({} as { polluted?: string }).polluted).toBeUndefined();
  expect((form as { polluted?: string }).polluted).toBeUndefined();
});
