import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { isSecret } from './setting.ts';

export type Source = 'default' | 'environment' | 'file';

/** One line for each setting that is missing or wrong: its name, what is wrong, what it is for. */
export class ConfigError extends Error {}

export type Config<S extends z.ZodObject> = {
  readonly values: z.output<S>;
  /** The effective values and where each is from; secrets show as `[set]`. */
  view(): Record<string, { value: unknown; source: Source }>;
};

export const environmentName = (key: string): string =>
  key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

type Given = { readonly text: string; readonly source: Source };

function readFolder(folder: string | undefined): ReadonlySet<string> {
  return new Set(folder ? readdirSync(folder) : []);
}

function givenOf(
  name: string,
  env: NodeJS.ProcessEnv,
  folder: string | undefined,
  inFolder: ReadonlySet<string>,
): Given | undefined {
  const readText = (path: string) => readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  const file = env[`${name}_FILE`];
  if (env[name] !== undefined && env[name] !== '')
    return { text: env[name], source: 'environment' };
  if (file) return { text: readText(file), source: 'file' };
  if (folder && inFolder.has(name)) return { text: readText(join(folder, name)), source: 'file' };
  return undefined;
}

function complaint(
  schema: z.ZodObject,
  { key, message }: { key: string; message: string },
): string {
  const field = schema.shape[key] as z.ZodType | undefined;
  return `${environmentName(key)}: ${message}. ${field?.description ?? ''}`.trim();
}

/**
 * Reads a service's settings, or throws `ConfigError` naming every one that is missing or wrong.
 *
 * A key in camelCase is the variable in UPPER_SNAKE (`drainMs` is `DRAIN_MS`). A value comes from
 * the environment, else from the file that `<NAME>_FILE` names, else from the file `<NAME>` in the
 * folder `CONFIG_DIR` (a mounted ConfigMap or Secret), else from the schema's default. An empty
 * variable counts as absent.
 */
export function loadConfig<S extends z.ZodObject>(
  schema: S,
  {
    env = process.env,
    folder = env.CONFIG_DIR,
    check = () => [],
  }: {
    env?: NodeJS.ProcessEnv;
    folder?: string | undefined;
    /** What is wrong with settings that are each right: asked once all of them are read. */
    check?: (values: z.output<S>) => { key: string; message: string }[];
  } = {},
): Config<S> {
  const inFolder = readFolder(folder);
  const given = new Map<string, Given>();
  for (const key of Object.keys(schema.shape)) {
    const found = givenOf(environmentName(key), env, folder, inFolder);
    if (found) given.set(key, found);
  }

  const parsed = schema.safeParse(
    Object.fromEntries([...given].map(([key, { text }]) => [key, text])),
  );
  const wrong = parsed.success
    ? check(parsed.data)
    : parsed.error.issues.map(({ path, message }) => {
        const key = String(path[0] ?? '');
        return { key, message: given.has(key) ? message : 'is missing' };
      });
  if (!parsed.success || wrong.length > 0) {
    const lines = wrong.map((issue) => complaint(schema, issue));
    throw new ConfigError(`The settings are not usable:\n  ${lines.join('\n  ')}`);
  }

  return {
    values: parsed.data,
    view: () =>
      Object.fromEntries(
        Object.entries(parsed.data).map(([key, value]) => [
          environmentName(key),
          {
            value: isSecret(schema.shape[key] as z.ZodType) ? '[set]' : value,
            source: given.get(key)?.source ?? 'default',
          },
        ]),
      ),
  };
}
