import type { z } from 'zod';
import { environmentName, type Source } from './given.ts';
import type { Effective, Pending } from './reload.ts';
import { isLive, isSecret } from './setting.ts';

export type ConfigView = Record<
  string,
  { value: unknown; source: Source; live: boolean; note?: string }
>;

const pendingNotes: Readonly<Record<Pending, string>> = {
  restart: 'its file has another value, which takes effect at the next restart',
  refused: 'its file has another value, which is refused',
};
const environmentNote = 'the environment wins over files: a change takes effect at a restart';

/** The effective values, where each is from and whether it is live; secrets show as `[set]`. */
export function viewOf(
  schema: z.ZodObject,
  { values, given }: Effective,
  pending: ReadonlyMap<string, Pending>,
): ConfigView {
  const entries = Object.entries(values).map(([key, value]) => {
    const field = schema.shape[key] as z.ZodType;
    const from = given.get(key);
    const source = from && 'source' in from ? from.source : 'default';
    const pinned = isLive(field) && source === 'environment';
    const waiting = pending.get(key);
    const note = pinned ? environmentNote : waiting && pendingNotes[waiting];
    const view = {
      value: isSecret(field) ? '[set]' : value,
      source,
      live: isLive(field) && !pinned,
      ...(note ? { note } : {}),
    };
    return [environmentName(key), view] as const;
  });
  return Object.fromEntries(entries);
}
