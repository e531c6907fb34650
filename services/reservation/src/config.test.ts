import { ConfigError } from '@guichet/config/load-config';
import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const key = Buffer.alloc(32, 1).toString('base64');
const env = {
  ISSUER_URL: 'http://localhost:8080',
  JWKS_URL: 'http://localhost:8081/jwks',
  TOKEN_URL: 'http://localhost:8081/token',
  SERVICE_CLIENT_ID: 'reservation',
  SERVICE_CLIENT_SECRET: 'a-secret-of-some-length',
  DATABASE_URL: 'postgres://localhost/reservation',
  MESSAGES_URL: 'amqp://localhost',
  SEALING_KEY: key,
  MANAGE_TOKEN_KEYS: `1:${key},2:${key}`,
};
const load = (changes: Record<string, string> = {}) => readConfig({ ...env, ...changes });

test('holds last ten minutes, with a grace, unless somebody sets them', () => {
  expect(load().values).toMatchObject({ holdGraceMs: 15_000, sweepMs: 1_000 });
  expect(load().live().holdMs).toBe(600_000);
  expect(load({ HOLD_MS: '1000' }).live().holdMs).toBe(1_000);
});

test('manage tokens have keys by version, the last of which signs', () => {
  expect([...load().values.manageTokenKeys.keys()]).toEqual([1, 2]);
});

test.each([
  ['MANAGE_TOKEN_KEYS', key],
  ['MANAGE_TOKEN_KEYS', '1:c2hvcnQ='],
  ['MANAGE_TOKEN_KEYS', `256:${key}`],
  ['SEALING_KEY', 'c2hvcnQ='],
  ['DATABASE_URL', ''],
  ['HOLD_MS', 'ten minutes'],
  ['HOLD_MS', '2700001'],
  ['FEW_LEFT_PERCENT', '101'],
])('refuses to start with %s=%s, and says which setting is wrong', (name, value) => {
  expect(() => load({ [name]: value })).toThrow(ConfigError);
  expect(() => load({ [name]: value })).toThrow(name);
});

test('no view shows a secret', () => {
  expect(JSON.stringify(load().view())).not.toContain(key);
});
