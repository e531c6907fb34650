import type { OfferingView } from '@guichet/contracts/offerings';
import type { PricingRefusal, QuoteClaims } from '@guichet/contracts/quotes';
import { Refusal } from '@guichet/contracts/refusal';
import { configure } from './configure.ts';
import { priceOf } from './price.ts';
import type { Choice, Price } from './quote.ts';
import type { SignQuote } from './sign-quote.ts';

/** Long enough to fill in a form, short enough that a withdrawn price is soon gone. */
const validSeconds = 10 * 60;

export type QuoteOffering = (
  asked: Choice & { offeringId: string; slotId: string },
) => Promise<Price & { quote: string; currency: string; expiresAt: string }>;

/**
 * Prices a choice and signs the price. Time is floored to the minute, and everything else comes
 * from the offering in its own order, so the same request within a minute gives the same bytes on
 * every replica, and whoever verifies quotes keeps one of them.
 */
export const quoteOffering =
  ({
    findOffering,
    signQuote,
    now,
  }: {
    findOffering: (id: string) => Promise<OfferingView | undefined>;
    signQuote: SignQuote;
    now: () => number;
  }): QuoteOffering =>
  async ({ offeringId, slotId, ...choice }) => {
    const offering = onSale(await findOffering(offeringId));
    const configuration = configure(offering, choice);
    const price = priceOf(offering, configuration);

    const iat = Math.floor(now() / 60_000) * 60;
    const exp = iat + validSeconds;
    const claims: QuoteClaims = {
      org: offering.organiserId,
      off: offering.id,
      ver: offering.version,
      slot: slotId.toLowerCase(),
      party: configuration.party,
      places: configuration.places,
      options: [...configuration.options],
      lines: price.lines,
      total: price.totalCents,
      tax: price.taxCents,
      cur: offering.currency,
      terms: offering.termsVersion,
      refunds: offering.refundRules,
      names: offering.asksNames,
      iat,
      exp,
    };
    return {
      quote: await signQuote(claims),
      ...price,
      currency: offering.currency,
      expiresAt: new Date(exp * 1_000).toISOString(),
    };
  };

function onSale(offering: OfferingView | undefined): OfferingView {
  if (offering?.status === 'withdrawn') {
    throw new Refusal<PricingRefusal>('offering_withdrawn', 'This is no longer sold.');
  }
  // A draft is nobody's business yet.
  if (offering?.status !== 'published') {
    throw new Refusal<PricingRefusal>('offering_not_found', 'There is no such offering.');
  }
  return offering;
}
