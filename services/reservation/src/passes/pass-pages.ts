import { Refusal } from '@guichet/contracts/refusal';
import { Piscina } from 'piscina';
import type { PlaceBookingRefusal } from '../placing/placement.ts';
import type { PassSheet } from './pass-sheet.ts';

/** A page takes some 40 ms, fifty of them a tenth of a second: nobody waits longer than this. */
const LONGEST_MS = 10_000;
const MOST_WAITING = 32;

const busy = () =>
  new Refusal<PlaceBookingRefusal>(
    'busy',
    'Many passes are being drawn at the moment. Try again shortly.',
    { headers: { 'retry-after': '2' } },
  );

/**
 * Draws passes in a thread of their own, one sheet after the other: fonts and pages are work for the
 * processor, and this process sells places. The thread comes with the first sheet and goes when there
 * has been none for a minute.
 */
export function startPassPages({ longestMs = LONGEST_MS } = {}) {
  const thread = new Piscina<PassSheet, Uint8Array>({
    filename: new URL('./draw-passes.ts', import.meta.url).href,
    name: 'drawPasses',
    minThreads: 0,
    maxThreads: 1,
    maxQueue: MOST_WAITING,
    idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: 128 },
    // None of this process's own: neither its telemetry, nor what its environment holds.
    execArgv: [],
    env: {},
  });

  return {
    async draw(sheet: PassSheet): Promise<Buffer> {
      if (thread.queueSize >= MOST_WAITING) throw busy();
      const drawn = await thread.run(sheet, { signal: AbortSignal.timeout(longestMs) });
      return Buffer.from(drawn.buffer, drawn.byteOffset, drawn.byteLength);
    },
    stop: () => thread.destroy(),
  };
}
export type PassPages = ReturnType<typeof startPassPages>;
