import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError, loadConfig } from './load-config.ts';
import { secret } from './setting.ts';

const schema = z.object({
  drainMs: z.coerce.number().int().default(5_000).describe('How long it drains.'),
  databaseUrl: secret(z.url().describe('Where its tables are.')),
});
const url = 'postgres://u:p@h/d';

test('a camelCase key is an UPPER_SNAKE variable, and has its default where there is none', () => {
  expect(loadConfig(schema, { env: { DATABASE_URL: url } }).values).toEqual({
    drainMs: 5_000,
    databaseUrl: url,
  });
  expect(loadConfig(schema, { env: { DATABASE_URL: url, DRAIN_MS: '7' } }).values.drainMs).toBe(7);
});

test('every missing and every wrong setting is named, with what it is for', () => {
  const start = () => loadConfig(schema, { env: { DRAIN_MS: 'soon' } });

  expect(start).toThrow(ConfigError);
  expect(start).toThrow(/DRAIN_MS: .*\. How long it drains\./);
  expect(start).toThrow(/DATABASE_URL: is missing\. Where its tables are\./);
});

test('a value that is wrong is not repeated, since it may be a secret', () => {
  expect(() => loadConfig(schema, { env: { DATABASE_URL: 'hunter2' } })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
  );
});

test('reads the file that NAME_FILE names, and the files of CONFIG_DIR, less the last newline', () => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  writeFileSync(join(folder, 'DATABASE_URL'), `${url}\n`);
  writeFileSync(join(folder, 'elsewhere'), '9\n');

  const config = loadConfig(schema, {
    env: { CONFIG_DIR: folder, DRAIN_MS_FILE: join(folder, 'elsewhere') },
  });

  expect(config.values).toEqual({ drainMs: 9, databaseUrl: url });
});

test('the view says where each value is from and never shows a secret', () => {
  expect(loadConfig(schema, { env: { DATABASE_URL: url } }).view()).toEqual({
    DRAIN_MS: { value: 5_000, source: 'default' },
    DATABASE_URL: { value: '[set]', source: 'environment' },
  });
});

test('a secret stays one when it is optional', () => {
  const optional = z.object({ tlsKey: secret(z.string()).optional() });

  expect(loadConfig(optional, { env: { TLS_KEY: 'hunter2' } }).view()).toEqual({
    TLS_KEY: { value: '[set]', source: 'environment' },
  });
});
