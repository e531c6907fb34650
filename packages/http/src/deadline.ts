import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.ts';

/** Unix milliseconds at which the caller stops waiting, where it says so. */
export function deadlineOf({ headers }: Pick<IncomingMessage, 'headers'>): number | undefined {
  const said = headers['x-request-deadline'];
  if (said === undefined) return undefined;
  const deadline = Number(said);
  return Number.isNaN(deadline) ? undefined : deadline;
}

/** Whether whoever asks has stopped waiting. */
export function isLate(request: Pick<IncomingMessage, 'headers'>): boolean {
  const deadline = deadlineOf(request);
  return deadline !== undefined && deadline < Date.now();
}

/** A caller that has stopped waiting gets no work done for it. */
export function assertInTime(request: Pick<IncomingMessage, 'headers'>): void {
  if (!isLate(request)) return;
  throw new Problem({
    status: 503,
    code: 'deadline_passed',
    detail: 'The request waited longer than its caller does. Try again.',
    headers: { 'retry-after': '1' },
  });
}
