import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const failpoints = fileURLToPath(new URL('failpoints.ts', import.meta.url));

/** A process that takes the steps a, b, a, b and says each after it. */
const run = (env: Record<string, string>) =>
  spawnSync(
    process.execPath,
    [
      '--import',
      failpoints,
      '--input-type=module',
      '--eval',
      `import { channel } from 'node:diagnostics_channel';
       const startedAt = performance.now();
       for (const name of ['a', 'b', 'a', 'b']) {
         channel('guichet:steps').publish({ name });
         process.stdout.write(name);
       }
       process.stderr.write(String(Math.round(performance.now() - startedAt)));`,
    ],
    { env: { ...process.env, ...env }, encoding: 'utf8', timeout: 20_000 },
  );

test('leaves a process alone that is told nothing', () => {
  expect(run({})).toMatchObject({ status: 0, stdout: 'abab' });
});

test('ends the process at the step that is named', () => {
  expect(run({ GUICHET_FAILPOINT: 'b' })).toMatchObject({ signal: 'SIGKILL', stdout: 'a' });
});

test('ends the process at the time that is named', () => {
  expect(run({ GUICHET_FAILPOINT: 'x,b:2' })).toMatchObject({ signal: 'SIGKILL', stdout: 'aba' });
});

test('ends the first process that comes to a step whose file is there, and no other', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-failpoints-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'b'), '');
  const env = { GUICHET_FAILPOINT_FOLDER: folder };

  expect(run(env)).toMatchObject({ signal: 'SIGKILL', stdout: 'a' });
  expect(existsSync(join(folder, 'b'))).toBe(false);
  expect(run(env)).toMatchObject({ status: 0, stdout: 'abab' });
});

test('stalls the whole process at the step that is named', () => {
  const { stdout, stderr } = run({ GUICHET_PAUSE: 'b:200' });

  expect(stdout).toBe('abab');
  expect(Number(stderr)).toBeGreaterThanOrEqual(400);
});
