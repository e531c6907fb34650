import { constants, PerformanceObserver } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { letHeapDouble } from './heap.ts';

/** Says how often V8 looked through the old heap while what lives in it was replaced ten times. */
if (process.argv[2] === 'doubles') letHeapDouble();

let looked = 0;
const observer = new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const { detail } = entry as unknown as { detail: { kind: number } };
    if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) looked += 1;
  }
});
observer.observe({ entryTypes: ['gc'] });

const living: number[][] = [];
const lives = 2_000;
for (let nth = 0; nth < 10 * lives; nth += 1) {
  living[nth % lives] = Array.from({ length: 2_000 }, (_, at) => at + 0.5);
  if (nth % 100 === 0) await setImmediate();
}
await setImmediate();
process.stdout.write(String(looked));
