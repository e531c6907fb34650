import { vi } from 'vitest';

/** Longer than anything may take here on two busy cores. */
export const installMs = 600_000;
const patienceMs = 300_000;

/** Waits for what the cluster does by itself. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: patienceMs, interval: 1_000 });
