import * as units from '@grafana/grafana-foundation-sdk/units';
import type { Board } from '../board.ts';
import { graph, stack, stat } from '../panel.ts';
import { percentilesOf, perSecond, promql } from '../query.ts';

const perMinute = (counter: string) => `60 * (${perSecond(counter)})`;
/** A counter with labels is not there before its first time. */
const ofReason = (counter: string) => promql(perSecond(counter, 'reason'), '{{reason}}');

export const onSale: Board = {
  uid: 'on-sale',
  title: 'The waiting room',
  readBy: 'Organisers and engineers, from the minutes before an on-sale until it is over.',
  variables: [],
  from: 'now-1h',
  refresh: '5s',
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'People waiting',
          means: 'How many stand in line and have not been called, in all rooms.',
          wrong: 'It is 0 while people write that they wait.',
          unit: units.Short,
          decimals: 0,
          queries: [promql('max(guichet_waiting_room_waiting)', 'people')],
          leadsTo: 'waiting-room',
        }),
        stat({
          title: 'Called a minute',
          means: 'How many are let in each minute.',
          wrong: 'It is 0 while people wait and places are left.',
          unit: units.Short,
          decimals: 0,
          queries: [promql(perMinute('guichet_waiting_room_called_total'), 'people')],
          leadsTo: 'waiting-room',
        }),
        stat({
          title: 'Places left',
          means:
            'Places that nobody holds or has bought, of what those who wait stand in line for.',
          wrong: 'It rises for long: those who are let in do not buy.',
          unit: units.Short,
          decimals: 0,
          queries: [promql('max(guichet_waiting_room_places_left)', 'places')],
        }),
        stat({
          title: 'The line has stood for',
          means: 'Since somebody was called last, where people could be.',
          wrong: 'It is above two minutes, and nobody buys either.',
          unit: units.Seconds,
          decimals: 0,
          limits: { orange: 30, red: 120, bad: 'above' },
          queries: [promql('max(guichet_waiting_room_standing_seconds)', 'longest')],
          leadsTo: 'waiting-room',
        }),
      ],
    },
    {
      title: 'How it goes',
      panels: [
        graph({
          title: 'Called, let in, bought',
          means:
            'Each minute: turns that were called, admissions, and bookings, one after the other.',
          wrong: 'They part: who is called does not come, or who comes in does not buy.',
          unit: units.CountsPerMinute,
          queries: [
            promql(perMinute('guichet_waiting_room_called_total'), 'called'),
            promql(perMinute('guichet_waiting_room_admissions_total'), 'admissions'),
            promql(perMinute('booking_created_total'), 'bookings'),
          ],
          leadsTo: 'waiting-room',
        }),
        stack({
          title: 'Refused in line',
          means: 'Turns, codes and admissions that the waiting room refused, by reason.',
          wrong: 'turn_invalid is more than a few: somebody makes them up, or keys were changed.',
          unit: units.RequestsPerSecond,
          queries: [ofReason('guichet_waiting_room_refusals_total')],
          leadsTo: 'waiting-room',
          emptyBecause: 'nobody was refused',
        }),
        graph({
          title: 'Let through the gate',
          means: 'Quotes and bookings with a good admission, of offerings that have a room.',
          wrong: 'It stands still while people are let in: keys differ.',
          unit: units.RequestsPerSecond,
          queries: [promql(perSecond('guichet_gate_passes_total'), 'passed')],
          leadsTo: 'gateway',
        }),
        stack({
          title: 'Refused at the gate',
          means: 'Quotes and bookings without a good admission, by reason.',
          wrong: 'admission_invalid is more than a few: forged, or signed by a key that is gone.',
          unit: units.RequestsPerSecond,
          queries: [ofReason('guichet_gate_refusals_total')],
          leadsTo: 'gateway',
          emptyBecause: 'nobody came past a line',
        }),
      ],
    },
    {
      title: 'Made ready before it',
      panels: [
        graph({
          title: 'Minimums that sales ask for',
          means: 'Pods that each service is to have for certain, by all sales that are near.',
          wrong: 'A sale is minutes away, and nothing is asked: it was not announced.',
          unit: units.Short,
          queries: [promql('max by (target) (guichet_prescaler_wanted_minimum)', '{{target}}')],
          leadsTo: 'prescaler',
        }),
        graph({
          title: 'Minimums that autoscalers have',
          means: 'Raised before a sale, held, and given back in steps.',
          wrong: 'It is below what is asked for, or stays up when no sale is near.',
          unit: units.Short,
          queries: [promql('max by (target) (guichet_prescaler_minimum)', '{{target}}')],
          leadsTo: 'prescaler',
          only: 'in a cluster',
        }),
        stat({
          title: 'Sales that are known of',
          means: 'To come, or not yet over.',
          wrong: 'It is 0, and an on-sale is announced.',
          unit: units.Short,
          decimals: 0,
          queries: [promql('max(guichet_prescaler_sales)', 'sales')],
          leadsTo: 'prescaler',
        }),
        stat({
          title: 'Heard of them',
          means: 'How long ago waiting-room and reservation told of their sales.',
          wrong: 'Minutes: one of them does not answer.',
          unit: units.Seconds,
          decimals: 0,
          limits: { orange: 60, red: 120, bad: 'above' },
          queries: [promql('max(guichet_prescaler_sales_age_seconds)', 'ago')],
          leadsTo: 'prescaler',
        }),
        stat({
          title: 'Who leads',
          means: 'Replicas of the prescaler that change minimums.',
          wrong: 'It is not 1.',
          unit: units.Short,
          decimals: 0,
          queries: [promql('sum(guichet_prescaler_leads)', 'replicas')],
          leadsTo: 'prescaler',
          only: 'in a cluster',
        }),
        graph({
          title: 'Changes that failed',
          means: 'Minimums that could not be changed, each minute.',
          wrong: 'Any: the next look tries again, and its log says why.',
          unit: units.Short,
          queries: [promql(perMinute('guichet_prescaler_patches_failed_total'), 'failed a minute')],
          leadsTo: 'prescaler',
          only: 'in a cluster',
        }),
      ],
    },
    {
      title: 'Who keeps the rooms',
      panels: [
        graph({
          title: 'Ticks',
          means: 'How often a second reservation was asked how placing goes, once for each room.',
          wrong: 'It is 0 while people wait: nobody keeps their room.',
          unit: units.OpsPerSecond,
          queries: [
            promql(perSecond('guichet_waiting_room_probe_seconds_count'), 'asked'),
            promql(perSecond('guichet_waiting_room_ticks_failed_total', 'reason'), 'no {{reason}}'),
          ],
          leadsTo: 'waiting-room',
        }),
        graph({
          title: 'How long reservation took to answer',
          means: 'What people are called by: the slower, the fewer.',
          wrong: 'It is near 0.125 s, from which on fewer are called.',
          unit: units.Seconds,
          limits: { orange: 0.125, red: 0.25, bad: 'above' },
          queries: percentilesOf('guichet_waiting_room_probe_seconds'),
          leadsTo: 'reservation',
          emptyBecause: 'no room is open',
        }),
        graph({
          title: 'Age of what is told',
          means: 'Of the oldest line that people see, and of the gates that a gateway knows.',
          wrong: 'A line is older than ten seconds, or gates are older than thirty.',
          unit: units.Seconds,
          limits: { orange: 10, red: 30, bad: 'above' },
          queries: [
            promql('max(guichet_waiting_room_line_age_seconds)', 'line'),
            promql('max(guichet_gates_age_seconds)', 'gates'),
          ],
          leadsTo: 'waiting-room',
        }),
        graph({
          title: 'Gates',
          means: 'Offerings that nobody buys of without an admission.',
          wrong: 'Gateways know different numbers of them.',
          unit: units.Short,
          queries: [
            promql('max(guichet_gates)', 'at most'),
            promql('min(guichet_gates)', 'at least'),
          ],
          leadsTo: 'gateway',
        }),
        graph({
          title: 'Whether replicas tell each other',
          means: '1 while lines come by Valkey, 0 while each replica asks PostgreSQL.',
          wrong: 'It is 0 for long.',
          unit: units.Short,
          queries: [promql('min(guichet_waiting_room_shared)', 'by Valkey')],
          leadsTo: 'waiting-room',
          only: 'in a cluster',
        }),
        graph({
          title: 'Who listens',
          means: 'Pages that are told how far their line has come, in all replicas.',
          wrong: 'Many are let go: they are told more than they can read.',
          unit: units.Short,
          queries: [
            promql('sum(guichet_waiting_room_listeners)', 'listeners'),
            promql(perMinute('guichet_waiting_room_listeners_dropped_total'), 'let go a minute'),
          ],
          leadsTo: 'waiting-room',
        }),
      ],
    },
  ],
};
