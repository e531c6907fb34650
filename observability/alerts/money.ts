import type { Alert } from './alert.ts';

const asked = (provider: string, window: string, outcome = '') =>
  `sum(increase(guichet_provider_requests_total{provider="${provider}"${outcome}}[${window}]))`;

/** A share of the calls to a provider that came to nothing, once there were a few. */
export const providerFails = (provider: string, share: number, window: string): string => {
  const failed = asked(provider, window, ',outcome!="ok"');
  return `${failed} / ${asked(provider, window)} > ${share} and ${failed} >= 5`;
};

export const moneyAlerts: readonly Alert[] = [
  {
    name: 'GuichetPaymentProviderFailing',
    severity: 'page',
    service: 'payment',
    expr: ({ over }) => providerFails('stripe', 0.2, over('5m')),
    for: '1m',
    summary: '{{ $value | humanizePercentage }} of what the payment provider is asked fails',
    description: `Buyers who have places cannot pay for them, and their holds run out meanwhile.`,
  },
  {
    name: 'GuichetPaymentProviderSlow',
    severity: 'ticket',
    service: 'payment',
    expr: ({ over }) => `histogram_quantile(0.9, sum by (le) (
        rate(guichet_provider_request_duration_seconds_bucket{provider="stripe"}[${over('10m')}]))) > 2
      and on () sum(increase(guichet_provider_request_duration_seconds_count{provider="stripe"}[${over('10m')}])) >= 5`,
    for: '2m',
    summary: 'The payment provider takes {{ $value | humanizeDuration }} to answer',
    description: `Buyers look at a spinner where the form to pay in should be, and some press again
      (which costs them nothing) or leave.`,
  },
  {
    name: 'GuichetWebhooksSilent',
    severity: 'page',
    service: 'payment',
    // Money that moved at three scrapes or more, since one lost event is weather; what costs
    // nothing moves none and has no event.
    expr: ({ over }) => `sum(changes(guichet_paid_cents_total[${over('15m')}])) >= 3
      unless on () sum(increase(guichet_webhooks_total{outcome=~"taken|repeated"}[${over('15m')}])) > 0`,
    for: '2m',
    summary: 'Payments succeed and the provider tells of none',
    description: `Bookings are confirmed by reconciliation alone, a minute or two late: buyers who
      have paid look at a page that says "waiting", and some pay a second time elsewhere.`,
  },
  {
    name: 'GuichetPaymentsToReview',
    severity: 'ticket',
    service: 'payment',
    expr: () => 'max(guichet_payments_to_review) > 0',
    for: '5m',
    summary: '{{ $value }} payments wait for a person',
    description: `Money was taken that is not what was asked: these buyers have paid and have no
      confirmed booking.`,
  },
  {
    name: 'GuichetLatePayments',
    severity: 'ticket',
    service: 'reservation',
    expr: ({ over }) => `sum(increase(guichet_late_payments_total[${over('1h')}])) >= 5`,
    summary: '{{ $value | humanize }} buyers paid after their hold had run out',
    description: `Those whose places were still free have them; the others had their money sent back
      and an apology. One is bad luck, several mean that confirming is late or holds are short.`,
  },
];
