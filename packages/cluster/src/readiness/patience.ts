import type { Trouble } from './troubles.ts';

/** What lasts so long is news; a rollout’s first seconds are none. */
const newsAfterMs = 15_000;

/** Remembers since when each trouble lasts, so that what passes by itself is not said. */
export function createPatience(now: () => number = () => performance.now()) {
  const since = new Map<string, number>();
  const told = new Set<string>();
  const keyOf = ({ object, says }: Trouble) => `${object} ${says}`;

  return {
    /** Of what stands in the way now: what is news, and what will not pass. */
    consider(troubles: readonly Trouble[]): { news: Trouble[]; hopeless: Trouble | undefined } {
      const current = new Map(troubles.map((trouble) => [keyOf(trouble), trouble]));
      for (const key of since.keys()) if (!current.has(key)) since.delete(key);
      for (const key of current.keys()) since.set(key, since.get(key) ?? now());
      const lasting = (key: string) => now() - (since.get(key) ?? now());

      const hopeless = [...current].find(([key, { patienceMs }]) => lasting(key) >= patienceMs);
      const news = [...current].filter(([key]) => lasting(key) >= newsAfterMs && !told.has(key));
      return { news: news.map(([, trouble]) => trouble), hopeless: hopeless?.[1] };
    },
    /** It is no news any more. */
    said: (trouble: Trouble) => void told.add(keyOf(trouble)),
  };
}
