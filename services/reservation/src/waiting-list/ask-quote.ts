import {
  type ChosenOption,
  type Party,
  type PricingRefusal,
  pricingRefusals,
  quoteOffering,
} from '@guichet/contracts/quotes';
import { Refusal } from '@guichet/contracts/refusal';
import {
  type ServiceClient,
  ServiceProblem,
  ServiceUnavailable,
} from '@guichet/http/service-client';
import type { WaitingListRefusal } from './entry.ts';

type Asked = { offeringId: string; slotId: string; party: Party; options: ChosenOption[] };

/** Asks catalog over HTTP for a price of now: a quote, as a buyer would get it. */
export const askQuote =
  (catalog: ServiceClient) =>
  async ({ offeringId, slotId, party, options }: Asked): Promise<string> => {
    try {
      const body = { slotId, party, options };
      return (await catalog.call(quoteOffering, { params: { id: offeringId }, body })).quote;
    } catch (cause) {
      // In catalog's own words, which whoever waits can do something about.
      if (cause instanceof ServiceProblem) {
        const refusal = pricingRefusals.find((code) => code === cause.code);
        if (refusal) throw new Refusal<PricingRefusal>(refusal, cause.detail);
      }
      if (!(cause instanceof ServiceUnavailable)) throw cause;
      throw new Refusal<WaitingListRefusal>(
        'catalog_unavailable',
        'Prices cannot be had at the moment. Try again in a few seconds.',
        { headers: { 'retry-after': '2' } },
      );
    }
  };
export type AskQuote = ReturnType<typeof askQuote>;
