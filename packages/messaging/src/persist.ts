import { setTimeout as sleep } from 'node:timers/promises';

const pauseMs = 1_000;

/** Tries until it works; once `signal` says that it is of no use any more, the failure is thrown. */
export async function persist(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      await sleep(pauseMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) throw error;
    }
  }
}
