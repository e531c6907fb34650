import { vi } from 'vitest';

/** Longer than anything may take here on two busy cores. */
export const installMs = 600_000;
const patienceMs = 300_000;

/** Waits for what the cluster does by itself. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: patienceMs, interval: 1_000 });

/**
 * Proves what two busy cores may spoil, and what leaves nothing behind: what fails once is shown and
 * tried once more, where it is, and not with everything that was proven before it.
 */
export async function triedTwice(proof: () => Promise<void>): Promise<void> {
  try {
    await proof();
  } catch (error) {
    process.stdout.write(`\nIt failed, and is tried once more. ${(error as Error).stack}\n`);
    await proof();
  }
}
