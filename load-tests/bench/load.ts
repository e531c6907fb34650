/** What a load came to. */
export type Load = {
  /** Requests, or transactions, that were answered. */
  readonly done: number;
  /** What the CPU of the load did, where that is more: what was answered after it, or beside it. */
  readonly doneInAll?: number;
  readonly seconds: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  /** How many were answered how: by status. */
  readonly outcomes: Readonly<Record<string, number>>;
};

/** What a CPU of so much came to for each that was done. */
export const eachOf = (micros: number, { done, doneInAll = done }: Load): number =>
  micros / doneInAll;

export const perSecond = ({ done, seconds }: Load): number => done / seconds;

/** The generator was held up and offered less than it says: nothing was measured, of whoever it asked. */
export class OfferedLess extends Error {
  override name = 'OfferedLess';
}
