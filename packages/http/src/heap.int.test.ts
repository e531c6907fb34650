import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

/** In a process whose heap is capped as a service's is. */
async function looksOf(how: string): Promise<number> {
  const { stdout } = await run(process.execPath, [
    ...['--max-old-space-size=128', '--max-semi-space-size=16'],
    ...[join(import.meta.dirname, 'heap-child.ts'), how],
  ]);
  return Number(stdout);
}

test('V8 looks through the old heap more seldom', async () => {
  const [usually, doubled] = [await looksOf('as usual'), await looksOf('doubles')];

  expect(usually).toBeGreaterThan(4);
  expect(doubled).toBeLessThan(usually * 0.75);
});
