import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ReadTimetable } from './read-timetable.ts';
import type { TimetableRequest } from './timetable.ts';

/** A year's timetable takes a tenth of a second; a rule that never comes true takes for ever. */
const LONGEST_MS = 10_000;

/**
 * Reads a timetable in a thread of its own, which is ended when it takes too long: a calendar from
 * outside can hold a rule that keeps a reader busy for ever, and this process sells places.
 */
export async function readTimetableInWorker(
  request: TimetableRequest,
  longestMs = LONGEST_MS,
): Promise<ReadTimetable> {
  const worker = new Worker(new URL('./timetable-worker.ts', import.meta.url), {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: 128 },
  });
  const deadline = AbortSignal.timeout(longestMs);
  try {
    const [read] = (await once(worker, 'message', { signal: deadline })) as [ReadTimetable];
    return read;
  } catch (error) {
    const isEndless =
      deadline.aborted || (error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY';
    if (!isEndless) throw error;
    return { outcome: 'too_large', reason: 'A rule of it cannot be worked out in time.' };
  } finally {
    await worker.terminate();
  }
}
