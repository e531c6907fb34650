import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-again-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

const resultsFile = () => join(folder, 'results.json');
const ofB = (status: string) => ({
  testResults: [
    {
      name: join(folder, 'b.test.ts'),
      status,
      assertionResults: [{ ancestorTitles: [], title: 'two', status }],
    },
  ],
});

/** In place of vitest: writes what the second run finds, and says what it was asked to run. */
function runAgain(found: unknown) {
  const stand = `require('fs').writeFileSync(process.argv[1], process.argv[2]); console.log(process.argv.slice(3).join('|'))`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      ...[join(import.meta.dirname, 'run-again.ts'), resultsFile()],
      ...[process.execPath, '-e', stand, '--', resultsFile(), JSON.stringify(found)],
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  return { asked: stdout.trim(), stderr, status };
}

test('what failed is run again by its file and name, and has passed if it passes', () => {
  writeFileSync(resultsFile(), JSON.stringify(ofB('failed')));

  const { asked, status } = runAgain(ofB('passed'));

  expect(asked).toBe('--testNamePattern|^(\\x74wo)$|b.test.ts');
  expect(status).toBe(0);
  expect(JSON.parse(readFileSync(resultsFile(), 'utf8'))).toMatchObject({ numPassedTests: 1 });
});

test('what fails again, or does not run again, has failed', () => {
  for (const found of [ofB('failed'), { testResults: [] }]) {
    writeFileSync(resultsFile(), JSON.stringify(ofB('failed')));

    const { stderr, status } = runAgain(found);

    expect(status).toBe(1);
    expect(stderr).toContain('b.test.ts');
  }
});

test('without a run before it says so', () => {
  const { stderr, status } = runAgain(ofB('passed'));

  expect(status).toBe(1);
  expect(stderr).toContain('Nothing has run before');
});
