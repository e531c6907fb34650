import { setImmediate as turn } from 'node:timers/promises';
import { vi } from 'vitest';

export type Call = { key: string; deadline?: number };

/** A database that answers when it is told to, and what it was asked. */
export function aDatabase() {
  const alone: string[] = [];
  const together: string[][] = [];
  const gates: PromiseWithResolvers<void>[] = [];
  const gate = () => {
    const opened = Promise.withResolvers<void>();
    gates.push(opened);
    return opened.promise;
  };
  const one = vi.fn(async ({ key }: Call) => {
    alone.push(key);
    await gate();
    return `${key} alone`;
  });
  const many = vi.fn(async (calls: readonly Call[]) => {
    together.push(calls.map(({ key }) => key));
    await gate();
    return calls.map(({ key }) => `${key} together`);
  });
  return {
    alone,
    together,
    one,
    many,
    keyOf: ({ key }: Call) => key,
    deadlineOf: ({ deadline }: Call) => deadline,
    /** Lets the oldest statement that is under way end. */
    async endOne() {
      gates.shift()?.resolve();
      await turn();
    },
    async endAll() {
      while (gates.length > 0) await this.endOne();
    },
  };
}
