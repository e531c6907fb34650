import { setFlagsFromString } from 'node:v8';

/**
 * Lets the old heap double before V8 looks through it again.
 *
 * The smaller a heap is allowed to be, the sooner V8 looks: where it is capped as ours are
 * (cdk8s/src/memory.ts), after 30 %. In a rush, whoever waits for an answer outlives the young
 * generation, so that it looked twice a second, on helper threads besides: a booking costs an eighth
 * less CPU so, for 15 to 20 MB. The cap holds as before. It is no option that NODE_OPTIONS takes, and
 * V8 reads it whenever it has looked.
 */
export const letHeapDouble = (): void => setFlagsFromString('--heap-growing-percent=100');
