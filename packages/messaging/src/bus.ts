import type { Message, WrittenMessage } from './message.ts';

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
  /** RFC 3339; empty where nothing says when. */
  readonly parkedAt: string;
};

/** Who acts on what is parked: goes into the audit log. */
export type Actor = { readonly by: string };

/**
 * Messages that no retry could help, kept for a person. Looking changes nothing, however often and
 * wherever it is broken off. All but `count` reject where there is no such consumer.
 */
export interface Parked {
  /** `undefined` where there is no such consumer. */
  count(): Promise<number | undefined>;
  /** The oldest first; 100 unless told. */
  list(limit?: number): Promise<ParkedMessage[]>;
  find(id: string): Promise<ParkedMessage | undefined>;
  /** Delivers them again, from the first attempt, each once; says how many. Audited. */
  replay(id: string | 'all', actor: Actor): Promise<number>;
  /** Drops one for good. Says whether there was one. Audited, with the reason. */
  discard(id: string, actor: Actor & { readonly reason: string }): Promise<boolean>;
}

/**
 * Carries facts between services: durable, at least once, in no promised order. A handler that
 * throws is tried again in tiers, then its message is parked and the queue goes on.
 */
export interface Bus {
  /** Resolves when the broker has the message durably; rejects when that is not known in time. */
  publish(message: Message): Promise<void>;
  /**
   * Publishes what an outbox holds side by side, which is cheaper than one by one. Answers why each
   * failed, in their order: `undefined` where the broker has it.
   */
  publishAll(messages: readonly WrittenMessage[]): Promise<(Error | undefined)[]>;
  subscribe(subscription: Subscription): Promise<void>;
  parked(consumer: string): Parked;
  /** Rejects while nothing can be published or consumed. */
  ready(): Promise<void>;
  /** Takes no more, waits for what is being handled, and leaves. */
  close(): Promise<void>;
}

/** Trying again cannot help: the message is parked at once. */
export class PermanentError extends Error {}
