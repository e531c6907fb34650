import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generatedFiles } from './generated-files.ts';

const repository = join(import.meta.dirname, '../..');

test.each(Object.entries(generatedFiles()))(
  '%s is as the catalogue has it; `make fix` writes it',
  (path, content) => {
    expect(readFileSync(join(repository, path), 'utf8')).toBe(content);
  },
);
