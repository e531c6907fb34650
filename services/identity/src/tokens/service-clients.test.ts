import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createServiceClients } from './service-clients.ts';

const hash = (secret: string) => createHash('sha256').update(secret).digest('hex');

test('a service is known by its own secret alone', () => {
  const clients = createServiceClients(
    `reservation:${hash('one secret')}, payment:${hash('another')},`,
  );

  expect(clients.knows('reservation', 'one secret')).toBe(true);
  expect(clients.knows('payment', 'another')).toBe(true);
  expect(clients.knows('payment', 'one secret')).toBe(false);
  expect(clients.knows('catalog', 'one secret')).toBe(false);
  expect(clients.knows('', '')).toBe(false);
});

test('while a secret is replaced, the old and the new one both count', () => {
  const clients = createServiceClients(`payment:${hash('old')},payment:${hash('new')}`);

  expect(clients.knows('payment', 'old')).toBe(true);
  expect(clients.knows('payment', 'new')).toBe(true);
});

test.each(['payment', 'payment:plain', `Payment:${'a'.repeat(64)}`, `payment:${'a'.repeat(63)}`])(
  'an entry such as %s is refused',
  (entry) => {
    expect(() => createServiceClients(entry)).toThrow('name:sha256hex');
  },
);
