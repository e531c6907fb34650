import { createHmac } from 'node:crypto';
import type { IdempotencyStore } from '@guichet/http/idempotency';

/**
 * Keeps what tells two bodies apart under a key that the database does not have. Bodies here hold
 * passwords: their plain hash would be a fast way to try guesses, next to the slow one that guards
 * them.
 */
export const keyedIdempotency = (store: IdempotencyStore, key: Buffer): IdempotencyStore => ({
  ...store,
  claim: (claim) =>
    store.claim({
      ...claim,
      bodyHash: createHmac('sha256', key).update(claim.bodyHash).digest('base64url'),
    }),
});
