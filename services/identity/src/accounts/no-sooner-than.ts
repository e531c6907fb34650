import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Does the work and answers (or fails) no sooner than `floorMs` after it began. A write more or
 * less must not tell a stranger, by the clock, whether an address has an account.
 */
export async function noSoonerThan<T>(floorMs: number, work: () => Promise<T>): Promise<T> {
  const [done] = await Promise.allSettled([work(), sleep(floorMs)]);
  if (done.status === 'rejected') throw done.reason;
  return done.value;
}
