import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

export type Source = 'default' | 'environment' | 'file';

/** What was given for a setting: its text, or why the file that has it cannot be read. */
export type Given =
  | { readonly text: string; readonly source: Source }
  | { readonly unreadable: string };

export type Places = {
  readonly env: NodeJS.ProcessEnv;
  /** `CONFIG_DIR`: one file a setting. */
  readonly folder: string | undefined;
};

/** `CONFIG_DIR` names what is no folder, or none that may be read. */
export class UnreadableFolder extends Error {}

export const environmentName = (key: string): string =>
  key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

function readFile(path: string): Given {
  try {
    return { text: readFileSync(path, 'utf8').replace(/\r?\n$/, ''), source: 'file' };
  } catch (error) {
    return { unreadable: codeOf(error) };
  }
}

/**
 * Kubernetes mounts a folder of links into `..data`, itself a link to a folder named by the time,
 * and changes them all at once by turning `..data` to another. Reading by way of where it leads
 * now gives files of one moment; should that folder be removed meanwhile, they are read again.
 */
function readFolder(folder: string, wanted: ReadonlySet<string>): ReadonlyMap<string, Given> {
  const data = join(folder, '..data');
  for (let attempt = 1; ; attempt += 1) {
    try {
      const root = existsSync(data) ? realpathSync(data) : folder;
      const names = readdirSync(root).filter((name) => wanted.has(name));
      const files = new Map(names.map((name) => [name, readFile(join(root, name))]));
      const whole = [...files.values()].every((given) => !('unreadable' in given));
      if (whole || attempt === 3) return files;
    } catch (error) {
      if (attempt === 3) throw new UnreadableFolder(`cannot be read (${codeOf(error)})`);
    }
  }
}

function givenOf(
  name: string,
  env: NodeJS.ProcessEnv,
  inFolder: ReadonlyMap<string, Given>,
): Given | undefined {
  const text = env[name];
  if (text) return { text, source: 'environment' };
  const file = env[`${name}_FILE`];
  return file ? readFile(file) : inFolder.get(name);
}

/** What is given for each key, by the environment first; what is empty counts as absent. */
export function readGiven(
  keys: readonly string[],
  { env, folder }: Places,
): ReadonlyMap<string, Given> {
  const inFolder = folder ? readFolder(folder, new Set(keys.map(environmentName))) : new Map();
  const given = new Map<string, Given>();
  for (const key of keys) {
    const found = givenOf(environmentName(key), env, inFolder);
    if (found && !('text' in found && found.text === '')) given.set(key, found);
  }
  return given;
}

/** Whether any setting is, or may come to be, in a file. */
export const hasFiles = (keys: readonly string[], { env, folder }: Places): boolean =>
  Boolean(folder) || keys.some((key) => env[`${environmentName(key)}_FILE`]);
