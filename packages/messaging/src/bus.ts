import type { Message } from './message.ts';

export type Subscription = {
  /** `<service>.<purpose>`: names the queue, which all replicas of the service share. */
  readonly consumer: string;
  readonly types: readonly string[];
  /** May be called twice with the same message; resolving means that it is done with. */
  readonly handle: (message: Message) => Promise<void>;
  /** How many messages are worked on at once; default 16. */
  readonly prefetch?: number;
  /**
   * Every process gets its own copy, from now on and only while it runs: for what each holds in
   * its own memory. Nothing is retried or parked.
   */
  readonly everyProcess?: boolean;
};

export type ParkedMessage = {
  readonly id: string;
  readonly message: Message;
  readonly attempts: number;
  readonly error: string;
  readonly parkedAt: string;
};

/** Messages that no retry could help, kept for a person. */
export interface Parked {
  list(limit?: number): Promise<ParkedMessage[]>;
  /** Delivers them again, from the first attempt; says how many. */
  replay(id: string | 'all'): Promise<number>;
  /** Drops one for good; the reason is logged. Says whether there was one. */
  discard(id: string, reason: string): Promise<boolean>;
}

/**
 * Carries facts between services: durable, at least once, in no promised order. A handler that
 * throws is tried again in tiers, then its message is parked and the queue goes on.
 */
export interface Bus {
  /** Resolves when the broker has the message durably; rejects when that is not known in time. */
  publish(message: Message): Promise<void>;
  subscribe(subscription: Subscription): Promise<void>;
  parked(consumer: string): Parked;
  /** Rejects while nothing can be published or consumed. */
  ready(): Promise<void>;
  /** Takes no more, waits for what is being handled, and leaves. */
  close(): Promise<void>;
}

/** Trying again cannot help: the message is parked at once. */
export class PermanentError extends Error {}
