import { readFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';

export type StateFile = {
  /** What the file held at the start; `undefined` for a first start. */
  readonly found: unknown;
  /** Says that the state is another now; it is written within about a second. */
  changed(): void;
  /** Writes what is not yet written. */
  close(): Promise<void>;
};

/** A crash of the stand-in may lose this much; ending it in order loses nothing. */
const writeEveryMs = 1_000;
/** A state that takes long to write is written less often, so that writing stays below 5 %. */
const restFactor = 20;

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

/** Keeps a stand-in's state in one JSON file. Without a file, it keeps nothing. */
export const createStateFile = (file: string | undefined, state: () => unknown): StateFile => {
  if (!file) return { found: undefined, changed: () => {}, close: async () => {} };

  const found = readState(file);
  let dirty = false;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let tookMs = 0;

  const write = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(async () => {
      if (!dirty) return;
      dirty = false;
      const startedAt = performance.now();
      await writeWhole(file, JSON.stringify(state()));
      tookMs = performance.now() - startedAt;
    });
    return writing;
  };

  return {
    found,
    changed: () => {
      dirty = true;
      timer ??= setTimeout(write, Math.max(writeEveryMs, tookMs * restFactor));
    },
    close: write,
  };
};
