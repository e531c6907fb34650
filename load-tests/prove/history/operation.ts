/**
 * What a client asked once, and what came of it. `unknown` is no answer, or one that says nothing
 * of whether it happened (a cut connection, a deadline, 5xx): it may have happened or not.
 */
export type Operation = {
  readonly client: number;
  readonly op: 'look' | 'hold' | 'extend' | 'begin' | 'card' | 'show' | 'cancel';
  readonly slotId: string;
  /** Idempotency-Key: all tries of one hold share it. */
  readonly key?: string | undefined;
  readonly bookingId?: string | undefined;
  /** How many places a hold asks for. */
  readonly places?: number | undefined;
  /** What a look was shown. */
  readonly remaining?: number | undefined;
  /** A booking’s status as it was answered. */
  readonly status?: string | undefined;
  /** Of a refusal. */
  readonly code?: string | undefined;
  /** Milliseconds by the one clock of the process that has all clients. */
  readonly called: number;
  readonly returned: number;
  readonly outcome: 'ok' | 'refused' | 'unknown';
  /** What was going wrong meanwhile. */
  readonly during: string;
};
