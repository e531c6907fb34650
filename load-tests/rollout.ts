import type { Options } from 'k6/options';

export { book, look } from './sale.ts';

/** Enough at hand to go on asking while answers are late by seconds: none is left out. */
const stalled = 80;

/**
 * A modest sale that goes on while the cluster is rolled out, pods are deleted and a release is
 * taken back: no request may fail. It runs until it is interrupted.
 */
export const options: Options = {
  scenarios: {
    look: {
      executor: 'constant-arrival-rate',
      exec: 'look',
      rate: Number(__ENV.LOOKS_PER_SECOND ?? 6),
      duration: __ENV.DURATION ?? '20m',
      preAllocatedVUs: stalled,
    },
    book: {
      executor: 'constant-arrival-rate',
      exec: 'book',
      rate: Number(__ENV.BOOKINGS_PER_SECOND ?? 2),
      duration: __ENV.DURATION ?? '20m',
      preAllocatedVUs: stalled,
    },
  },
  thresholds: {
    http_req_failed: ['rate==0'],
    checks: ['rate==1'],
    dropped_iterations: ['count==0'],
  },
  summaryTrendStats: ['med', 'p(95)', 'p(99)', 'max'],
};
