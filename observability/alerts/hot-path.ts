import type { Alert } from './alert.ts';

export const hotPathAlerts: readonly Alert[] = [
  {
    name: 'GuichetPlacesOversold',
    severity: 'page',
    service: 'reservation',
    expr: () => 'max(guichet_oversold_places) > 0',
    summary: '{{ $value }} places are sold to more than one buyer',
    description: `Somebody will stand at the gate with a valid pass and no place. This cannot happen
      while the database holds its constraint; it was taken off, or written around.`,
  },
  {
    name: 'GuichetPlacingSlow',
    severity: 'ticket',
    service: 'reservation',
    // A tenth of a second a statement is forty times what it takes; then the queue grows old.
    expr: ({ over }) => `(histogram_quantile(0.9,
        sum by (le) (rate(guichet_placing_statement_seconds_bucket[${over('5m')}]))) > 0.1
      and on () sum(increase(guichet_placing_statement_seconds_count[${over('5m')}])) >= 10)
      or max(min_over_time(guichet_placing_queue_age_seconds[${over('1m')}])) > 0.25`,
    for: '2m',
    summary: 'Placing takes PostgreSQL {{ $value | humanizeDuration }}',
    description: `Buyers wait for the answer whether they have places; above half a second of queue
      they are sent away.`,
  },
  {
    name: 'GuichetPoolExhausted',
    severity: 'ticket',
    // At every scrape, not at one: a moment's line is what a pool is for.
    expr: ({ over }) => `max by (service) (min_over_time(guichet_pool_waiting[${over('2m')}])) > 0`,
    for: '2m',
    summary: '{{ $labels.service }}: {{ $value }} wait for a connection to the database',
    description: `All connections of a replica are busy, and whatever needs the database stands in
      line: pages open slowly, then not at all.`,
  },
  {
    name: 'GuichetHoldsNotFreed',
    severity: 'ticket',
    service: 'reservation',
    expr: ({ age }) => `max(guichet_lapsed_hold_age_seconds) > ${age(300)}`,
    for: '2m',
    summary: 'A hold that ran out {{ $value | humanizeDuration }} ago still has its places',
    description: `Nobody tidies. Who buys the last places frees them all the same, but dates look
      sold out that are not.`,
  },
  {
    name: 'GuichetWaitingListStands',
    severity: 'ticket',
    service: 'reservation',
    // They are offered within a second or two: at every scrape of minutes, nobody offers them.
    expr: ({ over }) => `max(min_over_time(guichet_waiting_list_kept_places[${over('5m')}])) > 0`,
    for: '2m',
    summary:
      '{{ $value }} places that came back are kept for a waiting list, and offered to nobody',
    description: `Somebody waits for them and is not written to, and nobody else can buy them.`,
  },
  {
    name: 'GuichetFenceStuck',
    severity: 'ticket',
    service: 'reservation',
    expr: ({ age }) => `max(guichet_fence_age_seconds) > ${age(600)}`,
    for: '2m',
    summary: 'A booking has waited {{ $value | humanizeDuration }} for its payment to be closed',
    description: `Its hold has run out, and whether its money still comes is not known: its places
      can be sold to nobody until payment, or the provider, answers.`,
  },
];
