import { type QuoteClaims, quoteClaimsSchema, quoteTokenType } from '@guichet/contracts/quotes';
import { Refusal } from '@guichet/contracts/refusal';
import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { ZodError } from 'zod';
import type { QuoteRefusal } from './quote-refusal.ts';

export type VerifyQuote = (token: string) => Promise<QuoteClaims>;

const invalid = () =>
  new Refusal<QuoteRefusal>('quote_invalid', 'This is not a quote of ours, or it was altered.');
const expired = () =>
  new Refusal<QuoteRefusal>('quote_expired', 'This quote has expired. Ask for a new one.');

/**
 * Verifies a quote by its signature alone. Checking Ed25519 costs several times what the rest of a
 * request does, and in a rush everybody holds the same few quotes, so valid ones are kept by their
 * bytes. Only valid ones: otherwise whoever sends rubbish would push them out. The expiry is looked
 * at every time.
 */
export function verifyQuote({
  keyOf,
  cacheSize = 5_000,
  now = Date.now,
}: {
  keyOf: JWTVerifyGetKey;
  cacheSize?: number;
  now?: () => number;
}): VerifyQuote {
  const valid = new Map<string, QuoteClaims>();

  async function verify(token: string): Promise<QuoteClaims> {
    try {
      const { payload } = await jwtVerify(token, keyOf, {
        algorithms: ['EdDSA'],
        typ: quoteTokenType,
        currentDate: new Date(now()),
      });
      return quoteClaimsSchema.parse(payload);
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw expired();
      if (error instanceof errors.JOSEError || error instanceof ZodError) throw invalid();
      throw error;
    }
  }

  function keep(token: string, claims: QuoteClaims): void {
    const oldest = valid.size >= cacheSize ? valid.keys().next().value : undefined;
    if (oldest !== undefined) valid.delete(oldest);
    valid.set(token, claims);
  }

  return async (token) => {
    const kept = valid.get(token);
    if (!kept) {
      const claims = await verify(token);
      keep(token, claims);
      return claims;
    }
    if (kept.exp * 1000 > now()) return kept;
    valid.delete(token);
    throw expired();
  };
}
