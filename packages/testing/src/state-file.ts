import { readFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';

export type StateFile = {
  /** What the file held at the start; `undefined` for a first start. */
  readonly found: unknown;
  /** Resolves when what the state is now is on the disk. */
  saved(): Promise<void>;
};

const readState = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} is not a state file of this program. Remove it to begin anew.`, {
      cause: error,
    });
  }
};

/** Written beside and renamed, so that a crash leaves the old state or the new, never half. */
const writeWhole = async (file: string, text: string): Promise<void> => {
  const beside = `${file}.new`;
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(beside, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
};

/**
 * Keeps a stand-in's state in one JSON file. Writes that wait for the disk share the next one, so
 * a burst of a hundred requests costs two writes.
 */
export const createStateFile = (file: string | undefined, state: () => unknown): StateFile => {
  if (!file) return { found: undefined, saved: async () => {} };

  const found = readState(file);
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  const saved = (): Promise<void> => {
    next ??= running
      .catch(() => {})
      .then(() => {
        running = next ?? running;
        next = undefined;
        return writeWhole(file, JSON.stringify(state()));
      });
    return next;
  };

  return { found, saved };
};
