import type { Crowd } from '../capacity/booking-rate.ts';

/** A time at which an offering goes on sale; times are Unix milliseconds. */
export type Sale = {
  /** The room’s, or of the offering and its time. */
  readonly id: string;
  readonly offeringId: string;
  readonly organiserId: string;
  readonly saleAt: number;
  readonly crowd: Crowd;
  /** How many wait in its room at the moment, and when that closes. */
  readonly waiting: number;
  readonly closesAt: number | null;
  /** When it was no longer told of after it had begun: slots at once, rooms when they close. */
  readonly goneAt: number | null;
};
