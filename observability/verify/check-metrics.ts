import type { Prometheus } from '../watchers/prometheus.ts';
import { until } from '../watchers/until.ts';
import type { Check } from './check.ts';

/** What a purchase counts, each at least once. */
const counted = {
  requests: 'sum(http_requests_total{service="gateway"})',
  bookings: 'sum(booking_created_total)',
  places: 'sum(guichet_places_taken_total)',
  payments: 'sum(payment_processed_total{status="succeeded"})',
  'money in cents': 'sum(guichet_paid_cents_total)',
  'webhooks taken': 'sum(guichet_webhooks_total{outcome="taken"})',
  'holds that were paid': 'sum(guichet_hold_to_paid_seconds_count)',
  'confirmations after money': 'sum(guichet_paid_to_confirmed_seconds_count)',
  'e-mails after confirmation': 'sum(guichet_confirmed_to_mailed_seconds_count)',
} as const;
type Counted = keyof typeof counted;
const names = Object.keys(counted) as Counted[];

/** Two scrapes on a cluster, and what comes after the e-mail. */
const scrapedWithinMs = 60_000;

export type Counts = Record<Counted, number>;

export const readCounts = async (prometheus: Prometheus): Promise<Counts> =>
  Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [name, await prometheus.number(counted[name])] as const),
    ),
  ) as Counts;

/** Each has risen above what it was before. */
export const checkMetrics = (watched: { prometheus: Prometheus }, before: Counts): Check[] =>
  names.map((name) => ({
    name: `${name} are counted`,
    advice: `look at ${counted[name]} in Prometheus, and at /metrics of its service`,
    see: () =>
      until(scrapedWithinMs, async () => {
        const now = await watched.prometheus.number(counted[name]);
        if (now > before[name]) return `${before[name]} before, ${now} after`;
        throw new Error(`it is ${now} as before`);
      }),
  }));
