import type { Metrics } from '../shape.ts';

/**
 * What is told of waiting rooms, of the gates that the gateway keeps for them, and of waiting lists.
 */
export const waiting: Metrics = {
  guichet_waiting_room_waiting: {
    kind: 'gauge',
    unit: 'people',
    labels: {},
    by: ['waiting-room'],
    meaning: 'So many wait to be called, in all rooms. Every replica says the same.',
  },
  guichet_waiting_room_places_left: {
    kind: 'gauge',
    unit: 'places',
    labels: {},
    by: ['waiting-room'],
    meaning: 'Places that are left to those who wait, in all rooms. Every replica says the same.',
  },
  guichet_waiting_room_standing_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: {},
    by: ['waiting-room'],
    meaning:
      'How long a line has stood that people are let in from while places are left: minutes are long.',
  },
  guichet_waiting_room_line_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: {},
    by: ['waiting-room'],
    meaning: 'How old the oldest line is that people are told of; above 10, what they see stands.',
  },
  guichet_waiting_room_called_total: {
    kind: 'counter',
    unit: 'people',
    labels: {},
    by: ['waiting-room'],
    meaning: 'Their turn was called; counted by the replica that keeps the room.',
  },
  guichet_waiting_room_admissions_total: {
    kind: 'counter',
    unit: 'admissions',
    labels: {},
    by: ['waiting-room'],
    meaning: 'An admission was given, or given again to whoever asked again.',
  },
  guichet_waiting_room_refusals_total: {
    kind: 'counter',
    unit: 'requests',
    labels: { reason: 20 },
    by: ['waiting-room'],
    meaning: 'A turn, a code or an admission was refused. Its organiser sees the same, by room.',
  },
  guichet_waiting_room_ticks_failed_total: {
    kind: 'counter',
    unit: 'ticks',
    labels: { reason: 3 },
    by: ['waiting-room'],
    meaning: 'Nobody could be called in this second, since the reason was away.',
  },
  guichet_waiting_room_probe_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: {},
    by: ['waiting-room'],
    meaning:
      'How long reservation took to say how placing goes, once a tick for each room that is kept.',
  },
  guichet_waiting_room_listeners: {
    kind: 'gauge',
    unit: 'listeners',
    labels: {},
    by: ['waiting-room'],
    meaning: 'Pages that are told how far their line has come; whoever comes on top polls.',
  },
  guichet_waiting_room_listeners_dropped_total: {
    kind: 'counter',
    unit: 'listeners',
    labels: {},
    by: ['waiting-room'],
    meaning: 'A listener did not keep up and was let go.',
  },
  guichet_waiting_room_shared: {
    kind: 'gauge',
    unit: 'yes or no',
    labels: {},
    by: ['waiting-room'],
    meaning: '0 while Valkey cannot be used, and each replica asks PostgreSQL for its lines.',
    only: 'with Valkey',
  },
  guichet_gates: {
    kind: 'gauge',
    unit: 'offerings',
    labels: {},
    by: ['gateway'],
    meaning: 'Offerings that nobody buys of without an admission. Every gateway says the same.',
  },
  guichet_gates_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: {},
    by: ['gateway'],
    meaning: 'Since the waiting room last told its gates; below 5 while it can be asked.',
  },
  guichet_gate_passes_total: {
    kind: 'counter',
    unit: 'requests',
    labels: {},
    by: ['gateway'],
    meaning: 'An admission let a request through.',
  },
  guichet_gate_refusals_total: {
    kind: 'counter',
    unit: 'requests',
    labels: { reason: 4 },
    by: ['gateway'],
    meaning:
      'A quote or a booking was refused for want of a good admission; `admission_invalid` is forged.',
  },
  guichet_waiting_list_entries: {
    kind: 'gauge',
    unit: 'entries',
    labels: {},
    by: ['reservation'],
    meaning:
      'Who waits for places of a sold-out slot and has been offered none. Every replica says the same.',
  },
  guichet_waiting_list_kept_places: {
    kind: 'gauge',
    unit: 'places',
    labels: {},
    by: ['reservation'],
    meaning:
      'Places that came back and are kept for who waits; they are offered within seconds. Every replica says the same.',
  },
  guichet_waiting_list_outcomes_total: {
    kind: 'counter',
    unit: 'outcomes',
    labels: { outcome: 5 },
    by: ['reservation'],
    meaning:
      'Somebody joined, left or was offered places; `given_back`: nobody who waits had use for so few; `not_sold`: what was waited for is no longer sold.',
  },
};
