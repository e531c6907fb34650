import { vi } from 'vitest';

/** Waits for what happens by itself: longer than it may take on a machine that is busy. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 90_000, interval: 100 });
