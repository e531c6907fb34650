import * as units from '@grafana/grafana-foundation-sdk/units';
import type { Board } from '../board.ts';
import { graph, stack, stat } from '../panel.ts';
import { percentilesOf, perSecond, promql, quantileInAll, times } from '../query.ts';

/** Four across, and so high that Grafana writes the number to be read at five metres. */
const large = { width: 6, height: 9 } as const;
const refused = 'guichet_placing_outcomes_total{outcome!~"placed|replay|contended|lost"}';

export const sale: Board = {
  uid: 'sale',
  title: 'The sale',
  readBy: 'Organisers and their staff, on a big screen, while something goes on sale.',
  variables: [],
  from: 'now-1h',
  refresh: '5s',
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          ...large,
          title: 'Places taken a second',
          means: 'How many places buyers take in one second, right now.',
          wrong: 'It is 0 while places are left and buyers are there.',
          unit: units.Short,
          decimals: 1,
          queries: [promql(perSecond('guichet_places_taken_total'), 'places')],
          leadsTo: 'reservation',
        }),
        stat({
          ...large,
          title: 'Places taken in a minute',
          means: 'How many places buyers took in the last minute.',
          wrong: 'It falls while buyers still wait: look at who is turned away.',
          unit: units.Short,
          decimals: 0,
          queries: [promql('sum(increase(guichet_places_taken_total[1m])) or vector(0)', 'places')],
        }),
        stat({
          ...large,
          title: 'Bookings',
          means: 'Bookings placed in the time that is shown; each holds one place or several.',
          wrong: 'It stands still while buyers are there.',
          unit: units.Short,
          decimals: 0,
          queries: [promql(times('booking_created_total'), 'bookings')],
        }),
        stat({
          ...large,
          title: 'Paid',
          means: 'Money that came in the time that is shown. The books are the report of payments.',
          wrong: 'It stands still while bookings go on: look at the board of money.',
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
          ...large,
          title: 'Held, not yet paid',
          means: 'Bookings whose places wait for their money. What is not paid comes back on sale.',
          wrong: 'It stays high long after the rush: people cannot pay, or holds are not freed.',
          unit: units.Short,
          decimals: 0,
          queries: [promql('max(guichet_held_bookings)', 'bookings')],
        }),
        stat({
          ...large,
          title: 'Sold',
          means: 'Bookings that were paid and confirmed in the time that is shown.',
          wrong: 'It is far below what was paid: confirmations do not come through.',
          unit: units.Short,
          decimals: 0,
          queries: [promql(times('guichet_paid_to_confirmed_seconds_count'), 'bookings')],
        }),
        stat({
          ...large,
          title: 'Refused',
          means:
            'Tries that got no place in the time that is shown, most of them for being sold out.',
          wrong: 'It grows while places are left.',
          unit: units.Short,
          decimals: 0,
          queries: [promql(times(refused), 'tries')],
        }),
        stat({
          ...large,
          title: 'Until confirmed',
          means: 'From the money to the confirmation; nineteen of twenty were faster.',
          wrong: 'Above five seconds buyers begin to reload the page; above thirty they write.',
          unit: units.Seconds,
          decimals: 1,
          limits: { orange: 5, red: 30, bad: 'above' },
          queries: [promql(quantileInAll(0.95, 'guichet_paid_to_confirmed_seconds'), 'p95')],
          leadsTo: 'reservation',
        }),
      ],
    },
    {
      title: 'How it goes',
      panels: [
        graph({
          title: 'Places taken a minute',
          means: 'The curve of the sale.',
          wrong: 'It breaks off while places are left.',
          unit: units.CountsPerMinute,
          queries: [promql(`60 * (${perSecond('guichet_places_taken_total')})`, 'places')],
          leadsTo: 'reservation',
        }),
        stack({
          title: 'What trying came to',
          means:
            'Every try to book by what it came to; `latched` was answered without the database.',
          wrong: 'Anything but placed, sold_out and latched is more than a few.',
          unit: units.OpsPerSecond,
          queries: [promql(perSecond('guichet_placing_outcomes_total', 'outcome'), '{{outcome}}')],
          leadsTo: 'reservation',
        }),
        stack({
          title: 'Turned away by the crowd',
          means:
            'Requests that were refused before anything was done, since more came than can be served.',
          wrong: 'It lasts longer than the first minute: more replicas, or a waiting room.',
          unit: units.RequestsPerSecond,
          limits: { red: 1, bad: 'above' },
          queries: [
            promql(perSecond('guichet_upstream_shed_total'), 'shed at the door'),
            promql(perSecond('guichet_placing_refused_total'), 'too old a queue'),
            promql(
              perSecond('http_requests_total{service="gateway",status="429"}'),
              'asked too often',
            ),
          ],
          leadsTo: 'gateway',
        }),
        graph({
          title: 'Waiting lists',
          means:
            'Who waits for places of what is sold out, and places that came back and are kept for them.',
          wrong: 'Places stay kept: nobody is offered them, and nobody can buy them.',
          unit: units.Short,
          queries: [
            promql('max(guichet_waiting_list_entries)', 'wait'),
            promql('max(guichet_waiting_list_kept_places)', 'kept places'),
          ],
          leadsTo: 'reservation',
        }),
        stack({
          title: 'What waiting lists came to',
          means:
            'Who joined, left and was offered places; `given_back` is on sale again, since nobody who waits had use for so few.',
          wrong: 'People join and nobody is offered anything while places come back.',
          emptyBecause: 'nobody waits for anything',
          unit: units.CountsPerMinute,
          queries: [
            promql(
              `60 * (${perSecond('guichet_waiting_list_outcomes_total', 'outcome')})`,
              '{{outcome}}',
            ),
          ],
          leadsTo: 'reservation',
        }),
        graph({
          title: 'From hold to paid',
          means: 'How long buyers take from choosing to having paid; holds must last longer.',
          wrong: 'It comes near the length of a hold: buyers lose places that they are paying for.',
          unit: units.Seconds,
          limits: { orange: 300, red: 540, bad: 'above' },
          queries: percentilesOf('guichet_hold_to_paid_seconds'),
          leadsTo: 'reservation',
        }),
      ],
    },
  ],
};
