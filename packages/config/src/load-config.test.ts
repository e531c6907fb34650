import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConfigVolume } from '@guichet/testing/config-volume';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { ConfigError, loadConfig } from './load-config.ts';
import { live, secret } from './setting.ts';

const schema = z.object({
  drainMs: z.coerce.number().int().default(5_000).describe('How long it drains.'),
  databaseUrl: secret(z.url().describe('Where its tables are.')),
  holdMs: live(z.coerce.number().int().default(600).describe('How long places are held.')),
});
const url = 'postgres://u:p@h/d';

function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

test('a camelCase key is an UPPER_SNAKE variable, and has its default where there is none', () => {
  const config = loadConfig(schema, { env: { DATABASE_URL: url } });

  expect(config.values).toEqual({ drainMs: 5_000, databaseUrl: url });
  expect(config.live()).toEqual({ holdMs: 600 });
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
  const folder = folderOf({ DATABASE_URL: `${url}\n`, elsewhere: '9\n' });

  const config = loadConfig(schema, {
    env: { CONFIG_DIR: folder, DRAIN_MS_FILE: join(folder, 'elsewhere') },
  });

  expect(config.values).toEqual({ drainMs: 9, databaseUrl: url });
});

test('reads a ConfigMap as Kubernetes mounts it, by the names in it alone', () => {
  const volume = createConfigVolume({ DATABASE_URL: url, DRAIN_MS: '3', UNKNOWN: 'x' });
  onTestFinished(volume.remove);

  const { values } = loadConfig(schema, { env: { CONFIG_DIR: volume.folder } });

  expect(values).toEqual({ drainMs: 3, databaseUrl: url });
});

test('the environment wins over a file, and what is empty counts as absent in both', () => {
  const folder = folderOf({ DATABASE_URL: url, DRAIN_MS: '9', HOLD_MS: '\n' });

  const config = loadConfig(schema, { env: { CONFIG_DIR: folder, DRAIN_MS: '7', HOLD_MS: '' } });

  expect(config.values.drainMs).toBe(7);
  expect(config.live().holdMs).toBe(600);
});

test('a file or folder that cannot be read is named, each with its setting', () => {
  const noFile = () => loadConfig(schema, { env: { DATABASE_URL_FILE: '/nowhere/at-all' } });
  const noFolder = () => loadConfig(schema, { env: { CONFIG_DIR: '/nowhere' } });

  expect(noFile).toThrow(/DATABASE_URL: its file cannot be read \(ENOENT\)/);
  expect(noFolder).toThrow(ConfigError);
  expect(noFolder).toThrow(/CONFIG_DIR: cannot be read \(ENOENT\)/);
});

test('the view says where each value is from, whether it is live, and never shows a secret', () => {
  const folder = folderOf({ HOLD_MS: '7' });

  expect(loadConfig(schema, { env: { DATABASE_URL: url }, folder }).view()).toEqual({
    DRAIN_MS: { value: 5_000, source: 'default', live: false },
    DATABASE_URL: { value: '[set]', source: 'environment', live: false },
    HOLD_MS: { value: 7, source: 'file', live: true },
  });
});

test('a live setting that the environment gives is not live, and the view says why', () => {
  const folder = folderOf({ HOLD_MS: '7' });
  const { view } = loadConfig(schema, { env: { DATABASE_URL: url, HOLD_MS: '8' }, folder });

  expect(view().HOLD_MS).toEqual({
    value: 8,
    source: 'environment',
    live: false,
    note: expect.stringContaining('the environment wins'),
  });
});

test('a secret stays one when it is optional', () => {
  const optional = z.object({ tlsKey: secret(z.string()).optional() });

  expect(loadConfig(optional, { env: { TLS_KEY: 'hunter2' } }).view()).toEqual({
    TLS_KEY: { value: '[set]', source: 'environment', live: false },
  });
});
