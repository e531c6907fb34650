import type Stripe from 'stripe';
import type { Account } from './account.ts';

/** What one request, or one thing that happens by itself, works with. */
export type Work = {
  readonly account: Account;
  /** Unix seconds, as every time in Stripe's objects. */
  now(): number;
  /** Records that something happened, with the object as it is now, and tells the webhook. */
  emit(type: Stripe.Event.Type, object: object): void;
  /** Does something a while after the answer; not kept over a restart. */
  later(ms: number, work: (later: Work) => void): void;
  /** Where this stand-in is reached, for the page of 3-D Secure. */
  readonly baseUrl: string;
  /** Set by a fault: a confirmed payment stays `processing` for so long. */
  readonly settleAfterMs?: number;
};
