import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { defaultValues } from './default-values.ts';
import { type Values, valuesSchema } from './values.ts';

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** As Helm lays values over each other: maps are merged, everything else is replaced. */
function merge(under: unknown, over: unknown): unknown {
  if (!isTree(under) || !isTree(over)) return over;
  const merged: Tree = { ...under };
  for (const [key, value] of Object.entries(over)) {
    merged[key] = key in merged ? merge(merged[key], value) : value;
  }
  return merged;
}

/** A sentence for whoever wrote the values, rather than a stack trace. */
export class ValuesError extends Error {}

function read(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'), { merge: true }) ?? {};
  } catch (cause) {
    const why = cause instanceof YAMLParseError ? 'is not YAML' : 'cannot be read';
    throw new ValuesError(`${file} ${why}: ${(cause as Error).message}`, { cause });
  }
}

/**
 * The values of an installation: the defaults, the files over them in order, `over` last. Throws a
 * `ValuesError` that names each value that is unknown or of a wrong type.
 */
export function readValues(files: readonly string[], over: unknown = {}): Values {
  const merged = [...files.map(read), over].reduce(merge, defaultValues as unknown);
  const parsed = valuesSchema.safeParse(merged);
  if (parsed.success) return parsed.data;
  throw new ValuesError(
    `These values are not what charts/guichet takes:\n${z.prettifyError(parsed.error)}`,
    { cause: parsed.error },
  );
}
