import type { Operation } from '@guichet/contracts/operation';
import { publicOperations } from '@guichet/contracts/operations';
import { expect, test } from 'vitest';
import { languages } from '../i18n/languages.ts';
import { messagesOf } from '../i18n/locales-test.ts';
import { sources } from '../i18n/sources-test.ts';

const addressOf = ({ method, path }: Operation) => `${method} ${path}`;
const addresses = new Set([...sources.values()].flatMap(({ called }) => [...called]));
const called = publicOperations.filter((operation) => addresses.has(addressOf(operation)));

/** What an operation may answer beside its own refusals, by who may call it and how. */
const commonRefusals = ({ access, idempotency }: Operation) => [
  ...['invalid_request', 'too_many_requests', 'service_unavailable'],
  ...(access === 'public' ? [] : ['authentication_required', 'invalid_token', 'permission_denied']),
  ...(idempotency ? ['idempotency_key_in_flight', 'idempotency_key_reused'] : []),
];

test('the page calls operations that there are', () => {
  expect(called.map(addressOf).sort()).toEqual([...addresses].sort());
  expect(addresses).toContain('post /api/bookings');
});

test.for(languages)('whatever the page may be refused has words in %s', (language) => {
  const messages = messagesOf(language);
  const refusals = called.flatMap((operation) =>
    [...(operation.refusals ?? []), ...commonRefusals(operation)].map(
      (code) => [addressOf(operation), code] as const,
    ),
  );

  expect(refusals.filter(([, code]) => !messages.has(`problem.${code}`))).toEqual([]);
});
