import type { z } from 'zod';
import { type Given, hasFiles, type Places, readGiven, UnreadableFolder } from './given.ts';
import { complaint, parseSetting, type Wrong } from './parse-setting.ts';
import { createReload, type Reload } from './reload.ts';
import { isLive, type Live } from './setting.ts';
import { type ConfigView, viewOf } from './view.ts';

/** One line for each setting that is missing or wrong: its name, what is wrong, what it is for. */
export class ConfigError extends Error {}

type Values = Record<string, unknown>;
type LiveKeys<S extends z.ZodObject> = {
  [K in keyof S['shape']]: S['shape'][K] extends Live ? K : never;
}[keyof S['shape']];
type FixedOf<S extends z.ZodObject> = Omit<z.output<S>, LiveKeys<S>>;
type LiveOf<S extends z.ZodObject> = Readonly<Pick<z.output<S>, LiveKeys<S> & keyof z.output<S>>>;

export type Config<Fixed = Values, LiveValues = Values> = {
  /** The settings that stay as they were at the start. */
  readonly values: Fixed;
  /** The live settings as they are now. Ask each time: what is kept no longer follows. */
  live(): LiveValues;
  /** Looks at the files again, and lets the live settings follow them. */
  reload(): Reload;
  view(): ConfigView;
  /** What there is to follow: `CONFIG_DIR`, and whether there are files at all. */
  readonly files: { readonly folder: string | undefined; readonly any: boolean };
};

const unusable = (lines: readonly string[]) =>
  new ConfigError(`The settings are not usable:\n  ${lines.join('\n  ')}`);

function readAll(keys: readonly string[], places: Places): ReadonlyMap<string, Given> {
  try {
    return readGiven(keys, places);
  } catch (error) {
    if (error instanceof UnreadableFolder) throw unusable([`CONFIG_DIR: ${error.message}.`]);
    throw error;
  }
}

function parseAll(
  schema: z.ZodObject,
  given: ReadonlyMap<string, Given>,
  check: (values: Values) => readonly Wrong[],
): Values {
  const values: Values = {};
  const wrong: Wrong[] = [];
  for (const key of Object.keys(schema.shape)) {
    const parsed = parseSetting(schema, key, given.get(key));
    if ('message' in parsed) wrong.push(parsed);
    else if (parsed.value !== undefined) values[key] = parsed.value;
  }
  if (wrong.length === 0) wrong.push(...check(values));
  if (wrong.length > 0) throw unusable(wrong.map((issue) => complaint(schema, issue)));
  return values;
}

/**
 * Reads a service's settings, or throws `ConfigError` naming every one that is missing or wrong.
 *
 * A key in camelCase is the variable in UPPER_SNAKE (`drainMs` is `DRAIN_MS`). A value comes from
 * the environment, else from the file that `<NAME>_FILE` names, else from the file `<NAME>` in the
 * folder `CONFIG_DIR` (a mounted ConfigMap or Secret), else from the schema's default. What is
 * empty counts as absent. A setting marked `live` follows its file; one that the environment gives
 * does not, since the environment wins and never changes.
 */
export function loadConfig<S extends z.ZodObject>(
  schema: S,
  {
    env = process.env,
    folder = env.CONFIG_DIR,
    check: checkTogether = () => [],
  }: {
    env?: NodeJS.ProcessEnv;
    folder?: string | undefined;
    /** What is wrong with settings that are each right: asked once all of them are read. */
    check?: (values: z.output<S>) => readonly Wrong[];
  } = {},
): Config<FixedOf<S>, LiveOf<S>> {
  const keys = Object.keys(schema.shape);
  const places = { env, folder };
  const check = (values: Values) => checkTogether(values as z.output<S>);
  const given = readAll(keys, places);
  const effective = { values: parseAll(schema, given, check), given: new Map(given) };
  const { reload, pending } = createReload({
    schema,
    effective,
    read: () => readGiven(keys, places),
    check,
  });
  const only = (wanted: (key: string) => boolean) =>
    Object.fromEntries(Object.entries(effective.values).filter(([key]) => wanted(key)));
  const isLiveKey = (key: string) => isLive(schema.shape[key] as z.ZodType);
  let liveNow = Object.freeze(only(isLiveKey));

  return {
    values: only((key) => !isLiveKey(key)) as FixedOf<S>,
    live: () => liveNow as LiveOf<S>,
    reload() {
      const came = reload();
      if (came.changed.length > 0) liveNow = Object.freeze(only(isLiveKey));
      return came;
    },
    view: () => viewOf(schema, effective, pending),
    files: { folder, any: hasFiles(keys, places) },
  };
}
