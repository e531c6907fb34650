import { setTimeout as sleep } from 'node:timers/promises';

const pauseMs = 100;
/** Longer than it may take on a machine that is busy. */
const patienceMs = 90_000;

/** Waits for what happens by itself: until `check` does not throw, and no longer than it may take. */
export async function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  const until = Date.now() + patienceMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(pauseMs);
    }
  }
}
