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
 *
 * @param mostKept characters of the tokens that are kept; the memory of a token and what it says was
 *   measured as 2.1 bytes a character: 34 MB for the default, which is 15,000 quotes of three fares
 */
export function verifyQuote({
  keyOf,
  mostKept = 16_000_000,
  now = Date.now,
}: {
  keyOf: JWTVerifyGetKey;
  mostKept?: number;
  now?: () => number;
}): VerifyQuote {
  const valid = new Map<string, QuoteClaims>();
  let kept = 0;

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

  function forget(token: string): void {
    if (valid.delete(token)) kept -= token.length;
  }

  function keep(token: string, claims: QuoteClaims): void {
    forget(token);
    valid.set(token, claims);
    kept += token.length;
    for (const oldest of valid.keys()) {
      if (kept <= mostKept) return;
      forget(oldest);
    }
  }

  return async (token) => {
    const known = valid.get(token);
    if (!known) {
      const claims = await verify(token);
      keep(token, claims);
      return claims;
    }
    if (known.exp * 1000 > now()) return known;
    forget(token);
    throw expired();
  };
}
