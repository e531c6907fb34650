import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { envExample } from './env-example.ts';

const file = join(import.meta.dirname, '../../../../.env.example');

test('.env.example names every setting as it is now; `make fix` writes it', async () => {
  expect(readFileSync(file, 'utf8')).toBe(await envExample());
});

test('every setting says why', async () => {
  const lines = (await envExample()).split('\n');
  for (const [at, line] of lines.entries()) {
    if (/^#[A-Z]/.test(line)) expect(lines[at - 1], line).toMatch(/^# .{10,}/);
  }
});
