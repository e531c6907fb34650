import { quoteKeys, quoteOffering as quoteOfferingOperation } from '@guichet/contracts/quotes';
import type { Routes } from '@guichet/http/service-app';
import type { KeyRing } from '@guichet/keys/key-ring';
import type { QuoteOffering } from './quote-offering.ts';

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
