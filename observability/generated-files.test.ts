import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generatedFiles } from './generated-files.ts';

const repository = join(import.meta.dirname, '..');

test('every generated file is as its source has it; `make fix` writes it', () => {
  const stale = Object.entries(generatedFiles())
    .filter(([path, content]) => readFileSync(join(repository, path), 'utf8') !== content)
    .map(([path]) => path);

  expect(stale).toEqual([]);
});
