/**
 * The database's clock, between one reading of it and the next: counted by what this process has of
 * time that nobody sets, so that a machine whose clock is off by minutes opens no room too early.
 */
export function createDatabaseClock(uptimeMs: () => number = () => performance.now()) {
  let aheadMs: number | undefined;
  return {
    /** It says that it is so late, now. */
    read(now: Date): void {
      aheadMs = now.getTime() - uptimeMs();
    },
    now(): Date {
      if (aheadMs === undefined) throw new Error('The database has not said yet how late it is.');
      return new Date(uptimeMs() + aheadMs);
    },
  };
}
export type DatabaseClock = ReturnType<typeof createDatabaseClock>;
