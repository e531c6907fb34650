import { setTimeout as sleep } from 'node:timers/promises';
import { CannotBuy } from './read-stack.ts';

const pauseMs = 100;
/** Long past every promise: what has not come by then will not come. */
const patienceMs = 30_000;

/** Asks until there is an answer, and says how long that took. */
export const poll = async <T>(
  what: string,
  ask: () => Promise<T | undefined>,
): Promise<{ value: T; tookMs: number }> => {
  const startedAt = performance.now();
  while (performance.now() - startedAt < patienceMs) {
    const value = await ask();
    if (value !== undefined) return { value, tookMs: Math.round(performance.now() - startedAt) };
    await sleep(pauseMs);
  }
  throw new CannotBuy(`${what} did not come within ${patienceMs / 1_000} s.`);
};
