import { objectives } from '../objectives.ts';

export type Thresholds = Record<string, string[]>;
export type LoadedService = keyof typeof objectives;

/**
 * What the catalogue promises of a service, as k6 judges it: at most so many requests fail, and of
 * a hundred ninety-nine are answered in time. `during` is a scenario of k6, where only that counts.
 */
export function objectivesOf(service: LoadedService, during?: string): Thresholds {
  const { availablePercent, latencyMs } = objectives[service];
  const tags = [`service:${service}`, ...(during ? [`scenario:${during}`] : [])].join(',');
  // 100 - 99.95 is not 0.05 to a machine.
  const failing = Number(((100 - availablePercent) / 100).toFixed(6));
  return {
    [`http_req_failed{${tags}}`]: [`rate<=${failing}`],
    [`http_req_duration{${tags}}`]: [`p(99)<${latencyMs}`],
  };
}

/**
 * What every load test is held to: k6 has left out nothing that it was to offer, nobody was
 * answered what no buyer should meet, and the books have exactly the bookings that were answered.
 */
export const always: Thresholds = {
  dropped_iterations: ['count==0'],
  unexpected: ['count==0'],
  unaccounted: ['count==0'],
};

/** Where there is room for all, nobody is sent away. */
export const nobodyShed: Thresholds = { shed: ['count==0'] };
