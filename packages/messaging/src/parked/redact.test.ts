import { expect, test } from 'vitest';
import { hidden, redact, redactSentence } from './redact.ts';

const id = '0197a6f0-0000-7000-8000-000000000001';

test('a reset link’s secret, an address and a name are hidden, ids and instants are not', () => {
  const data = {
    customerId: id,
    email: 'ann@example.org',
    firstName: 'Ann',
    language: 'fr',
    token: 'Zm9vYmFyYmF6cXV4',
    expiresAt: '2026-11-20T10:00:00.000Z',
  };

  expect(redact(data)).toEqual({ ...data, email: hidden, firstName: hidden, token: hidden });
});

test('a booking shows its money, its party and its state, and nothing of whom it is for', () => {
  const booking = {
    bookingId: id,
    reference: 'GUI-1234',
    status: 'CONFIRMED',
    contact: { email: 'a@b.example', firstName: 'A', lastName: 'B', phone: '+41', language: 'de' },
    party: { adult: 2 },
    lines: [{ label: 'Adults', quantity: 2, totalCents: 4_200 }],
    passes: ['HC1:6BFOXN', 'HC1:7CGPYO'],
    manageToken: 'abc',
    customerId: null,
  };

  expect(redact(booking)).toEqual({
    ...booking,
    contact: { email: hidden, firstName: hidden, lastName: hidden, phone: hidden, language: 'de' },
    lines: [{ label: hidden, quantity: 2, totalCents: 4_200 }],
    passes: [hidden, hidden],
    manageToken: hidden,
  });
});

test('a payment shows by what name its provider knows it', () => {
  const payment = { provider: 'stripe', providerRef: 'pi_3MtwBwLkdIwHu7ix28a3tqPa' };

  expect(redact(payment)).toEqual(payment);
});

test('a field that nobody thought of is hidden', () => {
  expect(redact({ guests: [{ nickname: 'Bobby', age: 7 }] })).toEqual({
    guests: [{ nickname: hidden, age: 7 }],
  });
});

test('an address is hidden also where something else was expected', () => {
  expect(redact({ target: 'ann@example.org' })).toEqual({ target: hidden });
});

test('a sentence keeps ids, and loses addresses and tokens', () => {
  expect(
    redactSentence(`No mailbox <ann@example.org>; Bearer eyJhbGciOiJFZERTQSJ9abcdef.e30.sig-x`),
  ).toBe(`No mailbox <${hidden}>; Bearer ${hidden}`);
  expect(redactSentence(`No booking ${id}.`)).toBe(`No booking ${id}.`);
});
