import type { Metrics } from '../shape.ts';

/** What is told of placing bookings, the hot path. */
export const placing: Metrics = {
  booking_created_total: {
    kind: 'counter',
    unit: 'bookings',
    labels: {},
    by: ['reservation'],
    meaning: 'Somebody holds places. A repeated request is not counted again.',
  },
  guichet_places_taken_total: {
    kind: 'counter',
    unit: 'places',
    labels: {},
    by: ['reservation'],
    meaning: 'Places, not bookings, that bookings took, whatever becomes of them.',
  },
  guichet_placing_outcomes_total: {
    kind: 'counter',
    unit: 'tries',
    labels: { outcome: 20 },
    by: ['reservation'],
    meaning: 'What trying to place a booking came to; `latched` cost the database no lock.',
  },
  guichet_placing_refused_total: {
    kind: 'counter',
    unit: 'bookings',
    labels: { reason: 2 },
    by: ['reservation'],
    meaning: 'A booking was refused for the time that it waited or would have waited.',
  },
  guichet_placing_queue_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: {},
    by: ['reservation'],
    meaning: 'How long a booking that comes now would wait for its statement.',
  },
  guichet_placing_batch_members: {
    kind: 'histogram',
    unit: 'bookings',
    labels: {},
    by: ['reservation'],
    meaning: 'Bookings that one statement places: 1 all day, dozens in a rush.',
  },
  guichet_placing_batch_wait_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: {},
    by: ['reservation'],
    meaning: 'How long the first of a batch waited for the statement before it.',
  },
  guichet_placing_statement_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: {},
    by: ['reservation'],
    meaning: 'How long the database took for a batch: what everybody behind it waits for.',
  },
  guichet_oversold_places: {
    kind: 'gauge',
    unit: 'places',
    labels: {},
    by: ['reservation'],
    meaning: 'Places sold that no slot has: always 0, else somebody will stand outside.',
  },
  guichet_live_listeners: {
    kind: 'gauge',
    unit: 'listeners',
    labels: {},
    by: ['reservation'],
    meaning: 'Pages that are told what can be booked as it changes.',
  },
  guichet_live_dropped_total: {
    kind: 'counter',
    unit: 'listeners',
    labels: {},
    by: ['reservation'],
    meaning: 'A listener did not keep up and was let go.',
  },
};
