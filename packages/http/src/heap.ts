import { setFlagsFromString } from 'node:v8';

/**
 * Lets the old heap double before V8 looks through it again.
 *
 * The smaller a heap is allowed to be, the sooner V8 looks: where it is capped as ours are
 * (cdk8s/src/memory.ts), after 30 %. In a rush, whoever waits for an answer outlives the young
 * generation, so that it looked twice a second, on helper threads besides: a booking costs an eighth
 * less CPU so, for 15 to 20 MB. It is for those who serve a rush: others take as much memory for
 * nothing. The cap holds as before. NODE_OPTIONS takes no such option, and V8 reads it each time that
 * it has looked.
 */
export const letHeapDouble = (): void => setFlagsFromString('--heap-growing-percent=100');
