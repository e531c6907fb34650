import * as units from '@grafana/grafana-foundation-sdk/units';
import type { Board } from '../board.ts';
import { graph, stack, stat } from '../panel.ts';
import { percentilesOf, perSecond, promql, times } from '../query.ts';

const stripe = 'provider="stripe"';
const calls = (more = '') =>
  `rate(guichet_provider_requests_total{${stripe}${more}}[$__rate_interval])`;
const small = { width: 4 } as const;

export const money: Board = {
  uid: 'money',
  title: 'Money',
  readBy: 'Whoever keeps the books, each morning; engineers, when the provider fails or is silent.',
  variables: [],
  from: 'now-24h',
  refresh: '30s',
  rows: [
    {
      title: 'In the time that is shown',
      panels: [
        stat({
          ...small,
          title: 'Paid',
          means:
            'Money that came in, by currency. The books themselves are the report of payments.',
          wrong: 'It stands still while bookings go on.',
          unit: units.Short,
          decimals: 2,
          queries: [
            promql(
              'sum by (currency) (increase(guichet_paid_cents_total[$__range])) / 100',
              '{{currency}}',
            ),
          ],
          leadsTo: 'payment',
        }),
        stat({
          ...small,
          title: 'Refunded',
          means: 'Money that went back.',
          wrong: 'More than people cancel: look at late payments.',
          unit: units.Short,
          decimals: 2,
          queries: [
            promql(
              'sum by (currency) (increase(guichet_refunded_cents_total[$__range])) / 100 or vector(0)',
              '{{currency}}',
            ),
          ],
          leadsTo: 'payment',
        }),
        stat({
          ...small,
          title: 'Late',
          means:
            'Payments that came after the hold had run out: places taken again, or money returned.',
          wrong: 'More than a few: holds are too short, or webhooks come late.',
          unit: units.Short,
          decimals: 0,
          limits: { orange: 1, red: 10, bad: 'above' },
          queries: [promql(times('guichet_late_payments_total'), 'payments')],
          leadsTo: 'reservation',
        }),
        stat({
          ...small,
          title: 'To review',
          means: 'Payments that a person must look at.',
          wrong: 'Any: somebody’s money is neither ours nor returned.',
          unit: units.Short,
          limits: { red: 1, bad: 'above' },
          queries: [promql('max(guichet_payments_to_review)', 'payments')],
          leadsTo: 'payment',
        }),
        stat({
          ...small,
          title: 'Unsettled',
          means: 'Payments that were begun and that the provider has not decided.',
          wrong: 'It grows while nobody buys: events of the provider do not come.',
          unit: units.Short,
          queries: [promql('max(guichet_unsettled_payments)', 'payments')],
          leadsTo: 'payment',
        }),
        stat({
          ...small,
          title: 'The oldest of them',
          means: 'Since when the oldest unsettled payment is under way.',
          wrong: 'Longer than a hold and its grace, a quarter of an hour.',
          unit: units.Seconds,
          limits: { orange: 900, red: 3_600, bad: 'above' },
          queries: [promql('max(guichet_unsettled_payment_age_seconds)', 'age')],
          leadsTo: 'payment',
        }),
      ],
    },
    {
      title: 'Payments',
      panels: [
        stack({
          title: 'Payments by what they came to',
          means: 'A failed one is a refused card, and the customer may try another.',
          wrong: 'Failed outgrows succeeded: the provider, or somebody who tries cards.',
          unit: units.OpsPerSecond,
          queries: [promql(perSecond('payment_processed_total', 'status'), '{{status}}')],
          leadsTo: 'payment',
        }),
        graph({
          title: 'Paid a minute',
          means: 'Money that comes in, by currency.',
          wrong: 'It breaks off during a sale.',
          unit: units.Short,
          queries: [
            promql(
              '60 * sum by (currency) (rate(guichet_paid_cents_total[$__rate_interval])) / 100',
              '{{currency}}',
            ),
          ],
          leadsTo: 'payment',
        }),
        graph({
          title: 'From paid to confirmed',
          means: 'From the provider’s word to the booking that is confirmed.',
          wrong: 'Above five seconds: messages wait, see the board of messages.',
          unit: units.Seconds,
          limits: { orange: 5, red: 30, bad: 'above' },
          queries: percentilesOf('guichet_paid_to_confirmed_seconds'),
          leadsTo: 'reservation',
        }),
        graph({
          title: 'Late payments',
          means: 'Money after the hold ran out, by what became of it.',
          wrong: 'Refunded: a customer paid and has no place.',
          unit: units.Short,
          queries: [
            promql(
              'sum by (outcome) (increase(guichet_late_payments_total[$__range])) or vector(0)',
              '{{outcome}}',
            ),
          ],
          leadsTo: 'reservation',
        }),
      ],
    },
    {
      title: 'The provider',
      panels: [
        stack({
          title: 'Its webhooks',
          means: 'Events that it sent us: taken, repeated, or refused for their signature.',
          wrong:
            'None while people pay; or refused: its secret has changed, or it is not the provider.',
          unit: units.OpsPerSecond,
          queries: [promql(perSecond('guichet_webhooks_total', 'outcome'), '{{outcome}}')],
          leadsTo: 'payment',
        }),
        graph({
          title: 'How late they come',
          means: 'From when it happened at the provider to when we took it.',
          wrong: 'Minutes: bookings are confirmed late; we ask by ourselves after a while.',
          unit: units.Seconds,
          limits: { orange: 10, red: 60, bad: 'above' },
          queries: percentilesOf('guichet_webhook_lag_seconds'),
          leadsTo: 'payment',
        }),
        stack({
          title: 'Calls to it',
          means: 'What we ask of it, by what came of it.',
          wrong: 'Failed or timeout: it is ill, see its status page. Refused: our fault.',
          unit: units.RequestsPerSecond,
          queries: [promql(`sum by (outcome) (${calls()})`, '{{outcome}}')],
          leadsTo: 'payment',
        }),
        graph({
          title: 'Calls that came to nothing',
          means: 'The share of calls that failed or were not answered in time.',
          wrong: 'Above five in a hundred for minutes.',
          unit: units.PercentUnit,
          limits: { orange: 0.05, red: 0.2, bad: 'above' },
          queries: [
            promql(
              `sum(${calls(',outcome=~"failed|timeout"')}) / sum(${calls()}) or vector(0)`,
              'failed',
            ),
          ],
          leadsTo: 'payment',
        }),
        graph({
          title: 'How long it takes',
          means: 'From asking the provider to its answer.',
          wrong: 'Above a second the form to pay in comes late.',
          unit: units.Seconds,
          limits: { orange: 1, red: 5, bad: 'above' },
          queries: percentilesOf('guichet_provider_request_duration_seconds', `{${stripe}}`),
          leadsTo: 'payment',
          width: 24,
        }),
      ],
    },
  ],
};
