import { ConfigError } from '@guichet/config/load-config';
import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const key = Buffer.alloc(32, 1).toString('base64');
const env = {
  ISSUER_URL: 'http://localhost:8080',
  JWKS_URL: 'http://localhost:8081/jwks',
  TOKEN_URL: 'http://localhost:8081/token',
  SERVICE_CLIENT_ID: 'waiting-room',
  SERVICE_CLIENT_SECRET: 'a-secret-of-some-length',
  DATABASE_URL: 'postgres://localhost/waiting_room',
  MESSAGES_URL: 'amqp://localhost',
  SEALING_KEY: key,
  LINE_TOKEN_KEYS: `1:${key},2:${key}`,
};
const load = (changes: Record<string, string> = {}) => readConfig({ ...env, ...changes });

test('a line is called once a second, and Valkey may be left out', () => {
  expect(load().values).toMatchObject({ tickMs: 1_000, leaseMs: 5_000 });
  expect(load().values.valkeyUrl).toBeUndefined();
  expect(load({ MOST_PER_SECOND: '50' }).live().mostPerSecond).toBe(50);
});

test.each([
  ['LINE_TOKEN_KEYS', key],
  ['SEALING_KEY', 'c2hvcnQ='],
  ['VALKEY_URL', 'http://localhost'],
  ['MOST_PER_SECOND', '0'],
  ['LEASE_MS', '2999'],
])('refuses to start with %s=%s, and says which setting is wrong', (name, value) => {
  expect(() => load({ [name]: value })).toThrow(ConfigError);
  expect(() => load({ [name]: value })).toThrow(name);
});

test('no view shows a secret', () => {
  expect(JSON.stringify(load({ VALKEY_URL: 'redis://:hunter2@localhost' }).view())).not.toMatch(
    /hunter2|AQEBAQ/,
  );
});
