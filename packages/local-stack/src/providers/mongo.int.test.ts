import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { compiledStandIn } from './mongo.ts';

/** Maven, which writes down that it was called. */
function countedMaven(folder: string) {
  const calls = join(folder, 'calls');
  const bin = join(folder, 'bin');
  const others = process.env.PATH;
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'mvn'),
    `#!/bin/sh\necho "$@" >>'${calls}'\nPATH='${others}' exec mvn "$@"\n`,
  );
  chmodSync(join(bin, 'mvn'), 0o755);
  vi.stubEnv('PATH', `${bin}:${others}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  return () => readFileSync(calls, 'utf8').trim().split('\n').length;
}

test('the stand-in is compiled once, whole, by whoever asks at the same time', {
  timeout: 300_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-mongo-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const calls = countedMaven(folder);
  const cache = join(folder, 'cache');

  const [compiled = '', ...others] = await Promise.all([1, 2, 3].map(() => compiledStandIn(cache)));

  expect(others).toEqual([compiled, compiled]);
  expect(calls()).toBe(1);
  expect(readdirSync(cache)).toHaveLength(1);
  expect(readdirSync(join(compiled, 'out'))).toContain('Main.class');
  expect(readdirSync(join(compiled, 'lib')).join()).toMatch(/mongo-java-server-core/);
});
