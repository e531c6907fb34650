import { quoteKeys, quoteOffering as quoteOfferingOperation } from '@guichet/contracts/quotes';
import type { Routes } from '@guichet/http/service-app';
import type { KeyRing } from '@guichet/keys/key-ring';
import type { QuoteRefusal } from './quote.ts';
import type { QuoteOffering } from './quote-offering.ts';

export const statusOfQuoteRefusal = {
  offering_not_found: 404,
  offering_withdrawn: 409,
  party_empty: 422,
  party_too_small: 422,
  party_too_large: 422,
  fare_unknown: 422,
  fare_limit: 422,
  option_unknown: 422,
  option_limit: 422,
  option_requires: 422,
  option_excludes: 422,
  price_too_large: 422,
} satisfies Record<QuoteRefusal, number>;

export function quoteRoutes(
  routes: Routes,
  { quoteOffering, keys }: { quoteOffering: QuoteOffering; keys: Pick<KeyRing, 'jwks'> },
): void {
  routes.on(quoteOfferingOperation, async ({ params, body, res }) => {
    res.json(await quoteOffering({ offeringId: params.id, ...body }));
  });

  routes.on(quoteKeys, async ({ res }) => {
    res.json(await keys.jwks());
  });
}
