/** A booking that came, or went from one status to another, in a change of its slot's counter. */
export type Move = {
  readonly bookingId: string;
  readonly was: string | null;
  readonly becomes: string;
  readonly places: number;
};

/**
 * One committed change of a slot's counter. A slot's row is locked from its change to its commit,
 * so the versions of the row are the order in which the database made the changes.
 */
export type Change = {
  readonly before: number;
  readonly after: number;
  readonly moves: readonly Move[];
};

/** What the database wrote down of one slot, in its own order. */
export type SlotJournal = {
  readonly slotId: string;
  readonly capacity: number;
  /** The counter as it is at the end. */
  readonly taken: number;
  readonly changes: readonly Change[];
  /** The booking of each key, as `booking_keys` has it. */
  readonly bookingOfKey: ReadonlyMap<string, string>;
};
