import { offeringForSlots } from '@guichet/contracts/internal';
import { Refusal } from '@guichet/contracts/refusal';
import {
  type ServiceClient,
  ServiceProblem,
  ServiceUnavailable,
} from '@guichet/http/service-client';
import type { SlotRefusal } from '../slots/slot.ts';
import type { AskCatalog } from './ask-offering.ts';

/** Asks catalog over HTTP for an offering in any state. */
export const askCatalog =
  (catalog: ServiceClient): AskCatalog =>
  async (id) => {
    try {
      return await catalog.call(offeringForSlots, { params: { id } });
    } catch (cause) {
      if (cause instanceof ServiceProblem && cause.status === 404) return undefined;
      if (!(cause instanceof ServiceUnavailable)) throw cause;
      throw new Refusal<SlotRefusal>(
        'catalog_unavailable',
        'The catalogue does not answer. Try again soon.',
        {
          headers: { 'retry-after': '2' },
        },
      );
    }
  };
