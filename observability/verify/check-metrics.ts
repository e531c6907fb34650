import type { Prometheus } from '../watchers/prometheus.ts';
import { until } from '../watchers/until.ts';
import type { Check } from './check.ts';

/** What a purchase counts, each at least once. */
const counted = {
  requests: 'http_requests_total{service="gateway"}',
  bookings: 'booking_created_total',
  places: 'guichet_places_taken_total',
  payments: 'payment_processed_total{status="succeeded"}',
  'money in cents': 'guichet_paid_cents_total',
  'webhooks taken': 'guichet_webhooks_total{outcome="taken"}',
  'holds that were paid': 'guichet_hold_to_paid_seconds_count',
  'confirmations after money': 'guichet_paid_to_confirmed_seconds_count',
  'e-mails after confirmation': 'guichet_confirmed_to_mailed_seconds_count',
} as const;
type Counted = keyof typeof counted;
const names = Object.keys(counted) as Counted[];

/** Two scrapes on a cluster, and what comes after the e-mail. */
const scrapedWithinMs = 60_000;

type Count = ReadonlyMap<string, number>;
export type Counts = ReadonlyMap<Counted, Count>;

export const readCounts = async (prometheus: Prometheus): Promise<Counts> =>
  new Map(
    await Promise.all(
      names.map(async (name) => [name, await prometheus.values(counted[name])] as const),
    ),
  );

/** By how much series have risen; one that a new process has begun, from nothing. */
export function risen(before: Count | undefined, now: Count): number {
  let by = 0;
  for (const [series, value] of now) by += Math.max(0, value - (before?.get(series) ?? 0));
  return by;
}

/** What is counted when all that a purchase counts has risen, or when no more is to be waited for. */
export async function untilCounted(
  watched: { prometheus: Prometheus },
  before: Counts,
): Promise<Counts> {
  await Promise.allSettled(checkMetrics(watched, before).map(({ see }) => see()));
  return readCounts(watched.prometheus);
}

/** Each has risen since before. */
export const checkMetrics = (watched: { prometheus: Prometheus }, before: Counts): Check[] =>
  names.map((name) => ({
    name: `${name} are counted`,
    advice: `look at ${counted[name]} in Prometheus, and at /metrics of its service`,
    see: () =>
      until(scrapedWithinMs, async () => {
        const by = risen(before.get(name), await watched.prometheus.values(counted[name]));
        if (by > 0) return `${by} more`;
        throw new Error('it is as it was before');
      }),
  }));
