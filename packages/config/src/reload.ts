import type { z } from 'zod';
import { environmentName, type Given } from './given.ts';
import { complaint, parseSetting, type Wrong } from './parse-setting.ts';
import { isLive } from './setting.ts';

/** What a look at the files came to. Nothing is told twice: only what is new since the last look. */
export type Reload = {
  /** Keys of live settings with a new value, which is in effect. */
  readonly changed: readonly string[];
  /** What was refused and why, without its value; the old value stays. */
  readonly refused: readonly { readonly name: string; readonly complaint: string }[];
  /** Names of settings with a new value that takes effect at the next restart. */
  readonly forRestart: readonly string[];
};

/** The settings as they are in effect, and what they were made of. */
export type Effective = {
  readonly values: Record<string, unknown>;
  readonly given: Map<string, Given>;
};

/** Why a file says something else than what is in effect. */
export type Pending = 'refused' | 'restart';

const textOf = (given: Given | undefined): string =>
  given === undefined ? '' : 'text' in given ? given.text : `?${given.unreadable}`;

/**
 * Compares the files with what was seen of them last, and lets each live setting follow its own:
 * one that is wrong keeps its old value and holds up no other. Settings that are right by
 * themselves and wrong together are refused together.
 */
export function createReload({
  schema,
  effective,
  read,
  check,
}: {
  schema: z.ZodObject;
  effective: Effective;
  read: () => ReadonlyMap<string, Given>;
  check: (values: Record<string, unknown>) => readonly Wrong[];
}) {
  const keys = Object.keys(schema.shape);
  const seen = new Map(keys.map((key) => [key, textOf(effective.given.get(key))]));
  const pending = new Map<string, Pending>();
  /** Right by themselves: what another setting comes to be may make them right together. */
  const refusedTogether = new Set<string>();

  function moved(found: ReadonlyMap<string, Given>): string[] {
    const ones = keys.filter((key) => seen.get(key) !== textOf(found.get(key)));
    if (ones.length > 0) ones.push(...[...refusedTogether].filter((key) => !ones.includes(key)));
    for (const key of ones) {
      seen.set(key, textOf(found.get(key)));
      pending.delete(key);
      refusedTogether.delete(key);
    }
    // The others are back to what is in effect, and nothing is pending.
    return ones.filter((key) => textOf(found.get(key)) !== textOf(effective.given.get(key)));
  }

  function apply(found: ReadonlyMap<string, Given>, next: ReadonlyMap<string, unknown>): void {
    for (const [key, value] of next) {
      const given = found.get(key);
      if (given) effective.given.set(key, given);
      else effective.given.delete(key);
      if (value === undefined) delete effective.values[key];
      else effective.values[key] = value;
    }
  }

  function reload(): Reload {
    const found = read();
    const next = new Map<string, unknown>();
    const wrong: Wrong[] = [];
    const forRestart: string[] = [];
    for (const key of moved(found)) {
      const parsed = parseSetting(schema, key, found.get(key));
      if ('message' in parsed) wrong.push(parsed);
      else if (isLive(schema.shape[key] as z.ZodType)) next.set(key, parsed.value);
      else forRestart.push(key);
    }
    const together =
      next.size > 0 ? check({ ...effective.values, ...Object.fromEntries(next) }) : [];
    if (together.length > 0) {
      for (const key of next.keys()) {
        pending.set(key, 'refused');
        refusedTogether.add(key);
      }
      next.clear();
    }
    apply(found, next);
    for (const { key } of wrong) pending.set(key, 'refused');
    for (const key of forRestart) pending.set(key, 'restart');
    return {
      changed: [...next.keys()],
      refused: [...wrong, ...together].map((issue) => ({
        name: environmentName(issue.key),
        complaint: complaint(schema, issue),
      })),
      forRestart: forRestart.map(environmentName),
    };
  }

  return { reload, pending: pending as ReadonlyMap<string, Pending> };
}
