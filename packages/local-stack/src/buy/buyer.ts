import type { placeBooking } from '@guichet/contracts/bookings';
import type { Answer, Client } from '@guichet/contracts/client';
import type { OfferingView } from '@guichet/contracts/offerings';
import type { Choices } from './choices.ts';
import type { Slot } from './choose-offering.ts';
import type { Stack } from './read-stack.ts';
import type { Step } from './report.ts';

/** A guest who buys: where, what, and how each step is told. */
export type Buyer = {
  api: Client;
  fetch: typeof globalThis.fetch;
  stack: Stack;
  choices: Choices;
  step: Step;
  /** What was not as promised, in sentences. */
  broken: string[];
};

export type Chosen = { offering: OfferingView; slot: Slot; party: Record<string, number> };
export type Placed = Answer<typeof placeBooking> & { email: string };

export const money = (cents: number, currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).format(cents / 100);

export const clock = (at: string | Date): string => new Date(at).toISOString().slice(11, 19);
