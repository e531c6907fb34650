import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@guichet/telemetry/logger';

/**
 * Sweeps every `everyMs` after the round before ended, until it is stopped; `stop` resolves when the round under way is over. A
 * round that fails is tried again at the next: no sale depends on it.
 */
export function startSweeper({
  sweep,
  everyMs,
  logger,
}: {
  sweep: () => Promise<unknown>;
  everyMs: number;
  logger: Logger;
}): { stop(): Promise<void> } {
  const stopping = new AbortController();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await sweep().catch((err: unknown) =>
        logger.warn({ err }, 'a sweep failed; it is tried again'),
      );
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
