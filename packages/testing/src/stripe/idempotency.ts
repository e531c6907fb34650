import { createHash } from 'node:crypto';
import { ApiError } from './api-error.ts';

export type Answer = {
  status: number;
  headers: Record<string, string>;
  body: unknown;
};

export type KeptAnswer = {
  fingerprint: string;
  at: number;
  requestId: string;
  /** Missing while the request that claimed the key is under way. */
  answer?: Answer;
};

/** Stripe keeps a key for a day at least, then it is a new request's. */
const keptSeconds = 24 * 60 * 60;
const longestKey = 255;

export const fingerprintOf = (method: string, path: string, body: string): string =>
  createHash('sha256').update(`${method} ${path}\n${body}`).digest('hex');

/**
 * Claims a key. Answers what was kept for it, or `undefined` when the caller is the first, who
 * then must call `keepAnswer` or `releaseKey`. Whatever was answered first is kept, a 500 included
 * (https://docs.stripe.com/api/idempotent_requests).
 */
export const claimKey = (
  answers: Map<string, KeptAnswer>,
  { key, ...claim }: { key: string; fingerprint: string; at: number; requestId: string },
): KeptAnswer | undefined => {
  if (key.length > longestKey) {
    throw new ApiError(400, {
      type: 'invalid_request_error',
      message: `Idempotency keys are at most ${longestKey} characters long.`,
    });
  }

  const kept = answers.get(key);
  if (!kept || claim.at - kept.at > keptSeconds) {
    answers.set(key, claim);
    return undefined;
  }
  if (kept.fingerprint !== claim.fingerprint) {
    throw new ApiError(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    });
  }
  if (!kept.answer) {
    throw new ApiError(409, {
      type: 'invalid_request_error',
      code: 'idempotency_key_in_use',
      message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
    });
  }
  return kept;
};

export const keepAnswer = (answers: Map<string, KeptAnswer>, key: string, answer: Answer): void => {
  const kept = answers.get(key);
  if (kept) kept.answer = answer;
};
