import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@guichet/telemetry/logger';
import { reasonOf } from '@guichet/telemetry/unreachable';

/** Waiting cannot help: the service must not start. Its message is a sentence for an operator. */
export class CannotStart extends Error {}

/** How soon what was missing is noticed. */
const pauseMs = 1_000;
/** Often enough to be the last lines of a log, seldom enough not to be all of it. */
const remindMs = 30_000;

/**
 * What a starting service waits for. `until` tries again and again, whatever it throws but
 * `CannotStart`; why, it says in the log now and then, and in `reasons` at any time.
 */
export function createWaiting({ logger, everyMs = pauseMs }: { logger: Logger; everyMs?: number }) {
  const reasons = new Map<string, string>();

  return {
    /** By name what is waited for, and why. */
    reasons: (): Record<string, string> => Object.fromEntries(reasons),

    async until<T>(name: string, attempt: () => Promise<T>): Promise<T> {
      const beganAt = performance.now();
      let saidAt: number | undefined;
      reasons.set(name, 'no answer yet');
      for (;;) {
        try {
          const result = await attempt();
          reasons.delete(name);
          const waitedMs = Math.round(performance.now() - beganAt);
          if (saidAt !== undefined) logger.info({ waitedMs }, `no longer waiting for ${name}`);
          return result;
        } catch (error) {
          if (error instanceof CannotStart) throw error;
          const reason = reasonOf(error);
          const isNews = reasons.get(name) !== reason;
          reasons.set(name, reason);
          if (isNews || performance.now() - (saidAt ?? 0) >= remindMs) {
            logger.warn(`waiting for ${name}: ${reason}`);
            saidAt = performance.now();
          }
        }
        await sleep(everyMs);
      }
    },
  };
}
