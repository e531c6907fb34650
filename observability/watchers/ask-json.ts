import type { z } from 'zod';

const patienceMs = 10_000;

/** What a watcher's HTTP API answers; an error that says what it said instead. */
export async function askJson<T extends z.ZodType>(
  schema: T,
  base: string,
  path: string,
  query: Record<string, string> = {},
): Promise<z.output<T>> {
  const url = new URL(`${path}?${new URLSearchParams(query)}`, base);
  const answer = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${text.slice(0, 300).trim()}`);
  return schema.parse(JSON.parse(text));
}
