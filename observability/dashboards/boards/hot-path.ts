import * as units from '@grafana/grafana-foundation-sdk/units';
import type { Board } from '../board.ts';
import { graph, stack, stat } from '../panel.ts';
import { percentilesOf, perSecond, promql } from '../query.ts';
import { waits } from './hot-path/waits.ts';

const members = 'guichet_placing_batch_members';

export const hotPath: Board = {
  uid: 'hot-path',
  title: 'The hot path',
  readBy:
    'Engineers, when placing is slow or a rush is expected: is it the statement, a row, or us?',
  variables: [],
  from: 'now-1h',
  refresh: '5s',
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Sold beyond capacity',
          means: 'Places taken that do not exist, over all slots. The database refuses it.',
          wrong: 'Anything but 0: stop the sale of that slot, follow the runbook.',
          unit: units.Short,
          limits: { red: 1, bad: 'above' },
          queries: [promql('max(guichet_oversold_places)', 'places')],
        }),
        stat({
          title: 'A booking would wait',
          means: 'How long one that comes now would wait for its statement.',
          wrong: 'Above a quarter of a second the promise is broken; then bookings are refused.',
          unit: units.Seconds,
          limits: { orange: 0.1, red: 0.25, bad: 'above' },
          queries: [promql('max(guichet_placing_queue_age_seconds)', 'wait')],
        }),
        stat({
          title: 'Bookings a second',
          means: 'Bookings that got their places.',
          wrong: 'It falls while buyers are there.',
          unit: units.Short,
          decimals: 1,
          queries: [promql(perSecond('booking_created_total'), 'bookings')],
        }),
        stat({
          title: 'Bookings in a batch',
          means: 'How many one statement places, on average: 1 all day, dozens in a rush.',
          wrong: 'It stays at the largest that is allowed: statements cannot keep up.',
          unit: units.Short,
          decimals: 1,
          queries: [
            promql(
              `sum(increase(${members}_sum[$__range])) / sum(increase(${members}_count[$__range]))`,
              'bookings',
            ),
          ],
        }),
      ],
    },
    {
      title: 'Batches',
      panels: [
        graph({
          title: 'How many in a batch',
          means: 'Bookings that one statement places.',
          wrong: 'Large batches that take long: the row is waited for, or PostgreSQL is slow.',
          unit: units.Short,
          queries: percentilesOf(members),
          leadsTo: 'reservation',
        }),
        graph({
          title: 'How long a batch waits',
          means: 'From the first of a batch to its statement; one or two statements are in flight.',
          wrong: 'It rises with the time of the statement: that is the cause.',
          unit: units.Seconds,
          limits: { orange: 0.05, red: 0.25, bad: 'above' },
          queries: percentilesOf('guichet_placing_batch_wait_seconds'),
          leadsTo: 'reservation',
        }),
        graph({
          title: 'How long a statement takes',
          means: 'The one that takes the places of a batch, its commit included.',
          wrong:
            'Tens of milliseconds: a slow disk, a lock, or a network between us and PostgreSQL.',
          unit: units.Seconds,
          limits: { orange: 0.05, red: 0.25, bad: 'above' },
          queries: percentilesOf('guichet_placing_statement_seconds'),
          leadsTo: 'reservation',
        }),
        graph({
          title: 'Age of the queue',
          means:
            'How long a booking that comes now would wait, at the process where it waits longest.',
          wrong:
            'It grows: more come than one row can take; the latch and the budget keep it short.',
          unit: units.Seconds,
          limits: { orange: 0.1, red: 0.25, bad: 'above' },
          queries: [promql('max(guichet_placing_queue_age_seconds)', 'longest')],
          leadsTo: 'reservation',
        }),
      ],
    },
    {
      title: 'What comes of it',
      panels: [
        stack({
          title: 'Outcomes',
          means: 'Every try by what it came to. `latched` cost the database no lock.',
          wrong: '`contended`, `busy` and `lost` are not answers to a buyer: they are tried again.',
          unit: units.OpsPerSecond,
          queries: [promql(perSecond('guichet_placing_outcomes_total', 'outcome'), '{{outcome}}')],
          leadsTo: 'reservation',
        }),
        stack({
          title: 'Refused for the time',
          means:
            'Bookings that were refused because they waited, or would have, longer than they may.',
          wrong: 'Longer than the first minute of a rush.',
          unit: units.OpsPerSecond,
          limits: { red: 1, bad: 'above' },
          queries: [
            promql(
              perSecond('guichet_placing_refused_total{reason="queue_age"}'),
              'the queue is too old',
            ),
            promql(
              perSecond('guichet_placing_refused_total{reason="deadline"}'),
              'nobody waits any more',
            ),
          ],
          leadsTo: 'reservation',
        }),
        graph({
          title: 'Connections of reservation',
          means: 'Its connections to PostgreSQL, and who waits for one.',
          wrong: 'Somebody waits: all connections are busy with something slow.',
          unit: units.Short,
          queries: [
            promql('sum by (state) (guichet_pool_connections{service="reservation"})', '{{state}}'),
            promql('sum(guichet_pool_waiting{service="reservation"})', 'waiting'),
          ],
          leadsTo: 'reservation',
        }),
        graph({
          title: 'Holds',
          means:
            'Bookings that hold places and are not paid, and those that wait for their payment to close.',
          wrong: 'The second grows: the provider does not say that a payment is cancelled.',
          unit: units.Short,
          queries: [
            promql('max(guichet_held_bookings)', 'held'),
            promql('max(guichet_fenced_bookings)', 'behind the fence'),
          ],
          leadsTo: 'reservation',
        }),
        graph({
          title: 'Holds that should be gone',
          means:
            'Since when a hold that ran out is not freed, and since when one waits at the fence.',
          wrong: 'Minutes: nobody tidies, or payment cannot close what it began.',
          unit: units.Seconds,
          limits: { orange: 60, red: 300, bad: 'above' },
          queries: [
            promql('max(guichet_lapsed_hold_age_seconds)', 'lapsed'),
            promql('max(guichet_fence_age_seconds)', 'at the fence'),
          ],
          leadsTo: 'reservation',
        }),
        graph({
          title: 'Placing, as the gateway sees it',
          means: 'How long buyers wait for their places. Each point is one of them, with a trace.',
          wrong: 'Above the batch’s own times: the wait is before reservation.',
          unit: units.Seconds,
          limits: { orange: 0.25, red: 1, bad: 'above' },
          queries: percentilesOf(
            'http_request_duration_seconds',
            '{service="gateway",method="POST",route="/api/bookings"}',
          ),
          leadsTo: 'gateway',
        }),
      ],
    },
    { title: 'PostgreSQL', panels: waits },
  ],
};
