import { offeringForSlots } from '@guichet/contracts/internal';
import { placingPace } from '@guichet/contracts/internal-sales';
import { Refusal } from '@guichet/contracts/refusal';
import {
  type ServiceClient,
  ServiceProblem,
  ServiceUnavailable,
} from '@guichet/http/service-client';
import type { z } from 'zod';
import type { RoomRefusal } from './room.ts';

export type Pace = z.output<(typeof placingPace.responses)[200]>;
/** Asks catalog whose an offering is; `undefined` where there is none. */
export type AskOffering = (id: string) => Promise<{ organiserId: string } | undefined>;
/** Asks reservation how placing goes; `undefined` where no slot of the offering was ever opened. */
export type AskPace = (offeringId: string, deadline?: number) => Promise<Pace | undefined>;

const unlessNotFound = (error: unknown): undefined => {
  if (error instanceof ServiceProblem && error.status === 404) return undefined;
  throw error;
};

export const askOffering =
  (catalog: ServiceClient): AskOffering =>
  (id) =>
    catalog
      .call(offeringForSlots, { params: { id } })
      .catch(unlessNotFound)
      .catch((cause: unknown) => {
        if (!(cause instanceof ServiceUnavailable)) throw cause;
        throw new Refusal<RoomRefusal>(
          'catalog_unavailable',
          'The catalogue does not answer. Try again soon.',
          { headers: { 'retry-after': '2' } },
        );
      });

export const askPace =
  (reservation: ServiceClient): AskPace =>
  (id, deadline) =>
    reservation
      .call(placingPace, { params: { id }, ...(deadline === undefined ? {} : { deadline }) })
      .catch(unlessNotFound);
