import { setTimeout as sleep } from 'node:timers/promises';

const pauseMs = 1_000;

/** Asks until `ask` does not throw, and after `withinMs` throws what it last threw. */
export async function until<T>(
  withinMs: number,
  ask: () => Promise<T>,
  asked?: AbortSignal,
): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    asked?.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > end) throw error;
      // Its own error is the reason, and the next thing that is thrown.
      await sleep(pauseMs, undefined, asked && { signal: asked }).catch(() => {});
    }
  }
}
