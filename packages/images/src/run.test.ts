import { expect, test } from 'vitest';
import { run } from './run.ts';

const node = (script: string) => run(process.execPath, ['-e', script]);

test('answers what a program wrote, without the last line’s end', async () => {
  expect(await node('console.log("sha256:1")')).toBe('sha256:1');
});

test('tells of a failure all that was said, by both ways', async () => {
  const failing = 'console.log("step 3"); console.error("no space left"); process.exit(1)';

  await expect(node(failing)).rejects.toThrow(/step 3\s+no space left/);
});

test('names a program that is not there', async () => {
  await expect(run('no-such-builder', ['images'])).rejects.toThrow(
    /no-such-builder images failed: .*ENOENT/,
  );
});
