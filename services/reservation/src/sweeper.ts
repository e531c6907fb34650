import { createLoop } from '@guichet/loop/loop';
import type { Logger } from '@guichet/telemetry/logger';

/**
 * Sweeps every `everyMs` after the round before ended, until it is stopped. A round that fails is
 * tried again at the next: no sale depends on it.
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
  const loop = createLoop({
    turn: async () => void (await sweep()),
    pauseMs: everyMs,
    onError: (err) => logger.warn({ err }, 'a sweep failed; it is tried again'),
  });
  loop.start();
  return loop;
}
