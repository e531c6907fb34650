import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from './problem.ts';

export type KeyClaim = { readonly scope: string; readonly key: string; readonly bodyHash: string };
export type KeptAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Where a service keeps its idempotency keys: one statement each, safe under concurrency. */
export interface IdempotencyStore {
  /**
   * `new`: the caller goes on and must `complete` or `release`. `in_flight`: somebody else has it;
   * a claim whose holder died frees itself. `mismatch`: the key was used with another body.
   */
  claim(
    claim: KeyClaim,
  ): Promise<
    | { readonly state: 'new' | 'in_flight' | 'mismatch' }
    | ({ readonly state: 'replay' } & KeptAnswer)
  >;
  complete(answer: { scope: string; key: string } & KeptAnswer): Promise<void>;
  release(claim: { scope: string; key: string }): Promise<void>;
}

/** A UUID, or at least 128 bits written in URL-safe characters. */
const keyForm = /^[A-Za-z0-9_-]{22,255}$/;

/** The `Idempotency-Key` of a request, `undefined` where it has none and needs none. */
export function readKey(header: string | undefined, required: boolean): string | undefined {
  if (header === undefined) {
    if (!required) return undefined;
    throw new Problem({
      status: 400,
      code: 'idempotency_key_required',
      detail: 'Send an Idempotency-Key header: a new UUID for each thing you want to happen once.',
    });
  }
  if (keyForm.test(header)) return header;
  throw new Problem({
    status: 400,
    code: 'invalid_idempotency_key',
    detail: 'An Idempotency-Key is a UUID, or 22 to 255 letters, digits, "-" and "_".',
  });
}

/** What makes two bodies the same: their parsed content in canonical order, not their bytes. */
export function bodyHash(body: unknown): string {
  const content = Buffer.isBuffer(body) ? body : (JSON.stringify(inOrder(body)) ?? '');
  return hash('sha256', content, 'base64url');
}

/** Parsed JSON with the fields of each object by name. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([name, inner]) => [name, inOrder(inner)]));
}

const reused = () =>
  new Problem({
    status: 422,
    code: 'idempotency_key_reused',
    detail: 'This Idempotency-Key was used with another body. Use a new key for a new request.',
  });

const inFlight = () =>
  new Problem({
    status: 409,
    code: 'idempotency_key_in_flight',
    detail: 'The request with this Idempotency-Key is still being worked on. Try again shortly.',
    headers: { 'retry-after': '1' },
  });

/**
 * Claims a key, waiting up to `waitMs` for whoever has it.
 *
 * @returns the kept answer to repeat, or `undefined` when it is for the caller to act.
 */
export async function claimKey(
  store: IdempotencyStore,
  claim: KeyClaim,
  waitMs = 3_000,
): Promise<KeptAnswer | undefined> {
  const until = Date.now() + waitMs;
  for (let pauseMs = 25; ; pauseMs = Math.min(pauseMs * 2, 400)) {
    const claimed = await store.claim(claim);
    if (claimed.state === 'new') return undefined;
    if (claimed.state === 'mismatch') throw reused();
    if (claimed.state === 'replay') return claimed;
    if (Date.now() + pauseMs > until) throw inFlight();
    await sleep(pauseMs);
  }
}
