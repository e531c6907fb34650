import { loadConfig } from '@guichet/config/load-config';
import { expect, test } from 'vitest';
import { lifetimesOf, settings } from './config.ts';

const env = {
  ISSUER_URL: 'https://guichet.test',
  JWKS_URL: 'http://127.0.0.1:8081/.well-known/jwks.json',
  DATABASE_URL: 'postgres://identity:secret@127.0.0.1/identity',
  MESSAGES_URL: 'amqp://127.0.0.1',
  SEALING_KEY: Buffer.alloc(32, 7).toString('base64'),
  SERVICE_CLIENTS: `reservation:${'a'.repeat(64)}`,
};

test('what is given is enough, and the rest has its reasons', () => {
  const { values, view } = loadConfig(settings, { env });

  expect(values.sealingKey).toEqual(Buffer.alloc(32, 7));
  expect(lifetimesOf(values)).toEqual({
    accessTokenSeconds: 300,
    sessionMs: 30 * 86_400_000,
    idleMs: 14 * 86_400_000,
    graceMs: 10_000,
  });
  expect(JSON.stringify(view())).not.toMatch(/secret|BwcH/);
});

test.each([
  ['SEALING_KEY', 'c2hvcnQ=', 'is not 32 bytes in base64'],
  ['SERVICE_CLIENTS', 'reservation:plain', 'is not a list of name:sha256hex'],
  ['ACCESS_TOKEN_SECONDS', '86400', '600'],
  ['DATABASE_URL', '', 'is missing'],
])('refuses to start when %s is %j', (name, value, complaint) => {
  expect(() => loadConfig(settings, { env: { ...env, [name]: value } })).toThrow(
    new RegExp(`${name}: .*${complaint}`),
  );
});
