import { setTimeout as sleep } from 'node:timers/promises';
import type { Toxic } from '@guichet/testing/toxic';
import type { Fault } from './fault.ts';

/** Between the replicas of reservation and PostgreSQL, for some seconds. */
const spoil = (name: string, ...toxics: Toxic[]): Fault => ({
  name,
  async happen({ proxy }) {
    for (const toxic of toxics) proxy.add(toxic);
    await sleep(4_000);
    proxy.clear();
  },
});

export const wireFaults: readonly Fault[] = [
  spoil('connections to PostgreSQL cut', { type: 'reset_peer', timeoutMs: 300, toxicity: 0.7 }),
  // In the middle of an answer: what was asked for is committed, and nobody hears of it.
  spoil('answers of PostgreSQL cut off', { type: 'limit_data', bytes: 4_000, toxicity: 0.7 }),
  spoil('connections to PostgreSQL slow', { type: 'latency', latencyMs: 150, jitterMs: 100 }),
];
