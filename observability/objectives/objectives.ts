import { catalogue, type ServiceName } from '@guichet/cdk8s/catalogue';
import { placeBooking } from '@guichet/contracts/bookings';
import { admit, joinLine } from '@guichet/contracts/lines';
import { beginPaying } from '@guichet/contracts/payments';
import type { Duration } from '../rules/pace.ts';

/** What buyers may count on, as counts of what was asked and what of it was not as promised. */
export type Objective = {
  readonly name: string;
  /** Whose it is when it is missed. */
  readonly service: ServiceName;
  /** The share that is as promised. */
  readonly target: number;
  /** As a sentence to those who answer the alert. */
  readonly promise: string;
  readonly events: (window: Duration) => string;
  readonly errors: (window: Duration) => string;
  /** Whose series must be there, or the objective sees nothing and reads as kept. */
  readonly counted: string;
  /** Its series are there from the start of a process, not from the first request on. */
  readonly isAlwaysThere: boolean;
  /** Nothing of it is asked for weeks, and nothing is wrong then. */
  readonly only?: 'in an on-sale';
};

/** Measured at the gateway, which is what customers see: what a service answers may never arrive. */
const atGateway = (route: string) => `service="gateway",${route}`;
/** Streams too: one that is refused is a page that shows nothing. No health checks, no bots. */
const reads = atGateway('method=~"GET|HEAD",route=~"/.+",route!~"/api/(health|docs|openapi.json)"');
/** Without the page's files, of which each visitor loads dozens: they would hide slow answers. */
const apiReads = reads.replace('route=~"/.+"', 'route=~"/api/.+"');
const placing = atGateway(`method="POST",route="${placeBooking.path}"`);
const standing = atGateway(`method="POST",route=~"${joinLine.path}|${admit.path}"`);
const paying = atGateway(`method="POST",route="${beginPaying.path}"`);

/** A 5xx is ours, being sent away for the crowd among them; a client's own rate limit is not. */
const availability = (selector: string) => {
  const counted = `http_requests_total{${selector}}`;
  const errors = `http_requests_total{${selector},status=~"5.."}`;
  return {
    events: (window: Duration) => `sum(increase(${counted}[${window}]))`,
    // No error yet is no series yet, and is none and not unknown.
    errors: (window: Duration) =>
      `sum(increase(${errors}[${window}])) or 0 * sum(increase(${counted}[${window}]))`,
    counted,
    isAlwaysThere: false,
  };
};

/**
 * Within so many seconds, which must be a boundary of the histogram, or it would be a guess.
 * Prometheus 3 writes a whole boundary as `5.0`, Prometheus 2 as the process does.
 */
const within = (histogram: string, selector: string, seconds: number, isAlwaysThere: boolean) => {
  const boundary = Number.isInteger(seconds) ? `le=~"${seconds}(\\\\.0)?"` : `le="${seconds}"`;
  const counted = `${histogram}_count{${selector}}`;
  const events = (window: Duration) => `sum(increase(${counted}[${window}]))`;
  return {
    events,
    errors: (window: Duration) =>
      `${events(window)} - sum(increase(${histogram}_bucket{${selector},${boundary}}[${window}]))`,
    counted,
    isAlwaysThere,
  };
};

/** What is answered with an error counts once, as unavailable: a quick error is no quick answer. */
const latency = (selector: string, seconds: number) =>
  within('http_request_duration_seconds', `${selector},status!~"5.."`, seconds, false);

/** As load tests hold it: of a hundred, ninety-nine in time (load-tests/buying/thresholds.ts). */
const inTime = 0.99;
const share = (percent: number) => Number((percent / 100).toFixed(6));
const available = (service: ServiceName) => share(catalogue[service].objectives.availablePercent);
const secondsOf = (service: ServiceName) => catalogue[service].objectives.latencyMs / 1_000;

export const confirmedWithinSeconds = 5;
export const mailedWithinSeconds = 60;

export const objectives: readonly Objective[] = [
  {
    name: 'reads-availability',
    service: 'gateway',
    target: available('gateway'),
    promise: 'Who looks at the page, at offerings, at dates or at a booking is shown it.',
    ...availability(reads),
  },
  {
    name: 'reads-latency',
    service: 'gateway',
    target: inTime,
    promise: `What is looked at is answered within ${secondsOf('gateway')} s.`,
    ...latency(apiReads, secondsOf('gateway')),
  },
  {
    name: 'placing-availability',
    service: 'reservation',
    target: available('reservation'),
    promise: 'Who wants places is told whether they have them, sold out or not.',
    ...availability(placing),
  },
  {
    name: 'placing-latency',
    service: 'reservation',
    target: inTime,
    promise: `And within ${secondsOf('reservation')} s.`,
    ...latency(placing, secondsOf('reservation')),
  },
  {
    name: 'joining-availability',
    service: 'waiting-room',
    target: available('waiting-room'),
    promise: 'Who comes to an on-sale gets a place in line, and is let in when it is called.',
    ...availability(standing),
    only: 'in an on-sale',
  },
  {
    name: 'joining-latency',
    service: 'waiting-room',
    target: inTime,
    promise: `And within ${secondsOf('waiting-room')} s.`,
    ...latency(standing, secondsOf('waiting-room')),
    only: 'in an on-sale',
  },
  {
    name: 'paying-availability',
    service: 'payment',
    target: available('payment'),
    promise: 'Who has places can begin to pay for them.',
    ...availability(paying),
  },
  {
    name: 'paying-latency',
    service: 'payment',
    target: inTime,
    promise: `And the form to pay in is there within ${secondsOf('payment')} s, the provider’s part included.`,
    ...latency(paying, secondsOf('payment')),
  },
  {
    name: 'confirmation-freshness',
    service: 'reservation',
    target: available('payment'),
    promise: `A booking is confirmed within ${confirmedWithinSeconds} s of its payment.`,
    ...within(
      'guichet_paid_to_confirmed_seconds',
      'service="reservation"',
      confirmedWithinSeconds,
      true,
    ),
  },
  {
    name: 'mail-freshness',
    service: 'notification',
    target: available('notification'),
    promise: `The confirmation has left by e-mail within ${mailedWithinSeconds} s of it.`,
    ...within(
      'guichet_confirmed_to_mailed_seconds',
      'service="notification"',
      mailedWithinSeconds,
      true,
    ),
  },
];
