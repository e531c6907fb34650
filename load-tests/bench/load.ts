/** What a load came to. */
export type Load = {
  /** Requests, or transactions, that were answered. */
  readonly done: number;
  readonly seconds: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  /** How many were answered how: by status. */
  readonly outcomes: Readonly<Record<string, number>>;
};

export const perSecond = ({ done, seconds }: Load): number => done / seconds;
