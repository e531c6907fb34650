import { type PricingRefusal, type QuoteClaims, quoteTokenType } from '@guichet/contracts/quotes';
import { Refusal } from '@guichet/contracts/refusal';
import type { KeyRing } from '@guichet/keys/key-ring';
import { CompactSign } from 'jose';
import { canonicalJson } from './canonical-json.ts';

export type SignQuote = (claims: QuoteClaims) => Promise<string>;

/** What `quoteTokenSchema` and a header's worth of patience allow. */
const longestToken = 8_192;

/** Ed25519 signs without chance (RFC 8032), so equal claims and an equal key give equal bytes. */
export const signQuote =
  (keys: Pick<KeyRing, 'current'>): SignQuote =>
  async (claims) => {
    const { kid, privateKey } = await keys.current();
    const token = await new CompactSign(new TextEncoder().encode(canonicalJson(claims)))
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: quoteTokenType })
      .sign(privateKey);
    if (token.length > longestToken) {
      throw new Refusal<PricingRefusal>(
        'option_limit',
        'So many different options do not fit in one booking; choose fewer.',
      );
    }
    return token;
  };
