import { randomBytes } from 'node:crypto';
import type Stripe from 'stripe';
import type { KeptAnswer } from './idempotency.ts';

export type KeptEvent = {
  event: Stripe.Event;
  delivered: boolean;
  attempts: number;
  /** Set when the attempts are used up, or a fault dropped it: only the list of events has it. */
  givenUp: boolean;
};

/** What one Stripe account holds, oldest first. */
export type Account = {
  intents: Map<string, Stripe.PaymentIntent>;
  charges: Map<string, Stripe.Charge>;
  refunds: Map<string, Stripe.Refund>;
  methods: Map<string, Stripe.PaymentMethod>;
  /** Payment method id to the name of the test card behind it. */
  cards: Map<string, string>;
  events: Map<string, KeptEvent>;
  answers: Map<string, KeptAnswer>;
};

/**
 * A load test pays a hundred thousand times: what only looks back is kept for the newest of them,
 * some 200 MB, so that the stand-in does not fall before what it stands beside.
 */
const mostEvents = 50_000;
const mostAnswers = 50_000;

const dropOldest = (things: Map<string, unknown>, most: number): void => {
  for (const id of things.keys()) {
    if (things.size <= most) return;
    things.delete(id);
  }
};

export const forgetOldest = ({ events, answers }: Account): void => {
  dropOldest(events, mostEvents);
  dropOldest(answers, mostAnswers);
};

type AccountFile = { [Part in keyof Account]: Record<string, never> };

/** A request that was under way when the process ended will never be answered. */
const answered = (answers: AccountFile['answers'] = {}) =>
  Object.entries<KeptAnswer>(answers).filter(([, { answer }]) => answer !== undefined);

export const createAccount = (file?: AccountFile): Account => ({
  intents: new Map(Object.entries(file?.intents ?? {})),
  charges: new Map(Object.entries(file?.charges ?? {})),
  refunds: new Map(Object.entries(file?.refunds ?? {})),
  methods: new Map(Object.entries(file?.methods ?? {})),
  cards: new Map(Object.entries(file?.cards ?? {})),
  events: new Map(Object.entries(file?.events ?? {})),
  answers: new Map(answered(file?.answers)),
});

export const accountFile = (account: Account): unknown =>
  Object.fromEntries(
    Object.entries(account).map(([part, things]) => [part, Object.fromEntries(things)]),
  );

/** An id in Stripe's form: `pi_3…`. */
export const stripeId = (prefix: string): string =>
  `${prefix}_${randomBytes(18)
    .toString('base64url')
    .replace(/[^a-zA-Z0-9]/g, 'x')}`;
