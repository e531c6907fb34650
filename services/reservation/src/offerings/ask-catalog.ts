import { offeringForSlots } from '@guichet/contracts/internal';
import { getOrganiser } from '@guichet/contracts/organisers';
import { Refusal } from '@guichet/contracts/refusal';
import {
  type ServiceClient,
  ServiceProblem,
  ServiceUnavailable,
} from '@guichet/http/service-client';
import type { SlotRefusal } from '../slots/slot.ts';
import type { AskCatalog } from './ask-offering.ts';
import type { AskOrganiser } from './name-organiser.ts';

/** What catalog answers, `undefined` where it says that there is no such thing. */
async function ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
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
}

/** Asks catalog over HTTP for an offering in any state. */
export const askCatalog =
  (catalog: ServiceClient): AskCatalog =>
  (id) =>
    ifThere(catalog.call(offeringForSlots, { params: { id } }));

/** Asks catalog over HTTP for an organiser. */
export const askOrganiser =
  (catalog: ServiceClient): AskOrganiser =>
  (id) =>
    ifThere(catalog.call(getOrganiser, { params: { id } }));
