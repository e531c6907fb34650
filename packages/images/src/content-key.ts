import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Says whether two things were made of the same. */
export function keyOf(...parts: readonly string[]): string {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(`${part.length}\n${part}`);
  return digest.digest('hex');
}

export const keyOfFiles = (root: string, files: readonly string[]): string =>
  keyOf(...files.flatMap((file) => [file, readFileSync(join(root, file), 'latin1')]));

/** The programs of a folder, as a part of the key of what they make. */
export const keyOfFolder = (folder: string): string =>
  keyOfFiles(
    folder,
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort(),
  );
