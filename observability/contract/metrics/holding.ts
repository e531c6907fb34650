import type { Metrics } from '../shape.ts';

/** What is told of holds, and of what becomes of them. */
export const holding: Metrics = {
  guichet_held_bookings: {
    kind: 'gauge',
    unit: 'bookings',
    labels: {},
    by: ['reservation'],
    meaning: 'So many hold places and are not paid. Every replica says the same.',
  },
  guichet_lapsed_hold_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: {},
    by: ['reservation'],
    meaning: 'Since when a hold that ran out is not freed: minutes mean that nobody tidies.',
  },
  guichet_fence_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: {},
    by: ['reservation'],
    meaning: 'How long the oldest booking has waited for its payment to close before it ends.',
  },
  guichet_fenced_bookings: {
    kind: 'gauge',
    unit: 'bookings',
    labels: {},
    by: ['reservation'],
    meaning: 'So many wait for it; their places are not free until then.',
  },
  guichet_hold_to_paid_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: {},
    by: ['reservation'],
    meaning:
      'How long buyers take from choosing places to paying: near the end of a hold, they are pressed.',
  },
  guichet_paid_to_confirmed_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: {},
    by: ['reservation'],
    meaning: 'How long money waits for its booking. Freshness is judged at 5 s.',
  },
  guichet_late_payments_total: {
    kind: 'counter',
    unit: 'payments',
    labels: { outcome: 2 },
    by: ['reservation'],
    meaning:
      'Money came after its booking had expired: the places were taken again, or it goes back.',
  },
};
