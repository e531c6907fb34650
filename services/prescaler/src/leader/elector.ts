import type { Logger } from '@guichet/telemetry/logger';

/** A lease as it is written down; every write counts only while it is still this version. */
export type Held = { readonly holder: string; readonly version: string };

export type LeaseStore = {
  /** @throws where it is not there: it belongs to the release, which makes and removes it */
  read(): Promise<Held>;
  /** Undefined where another was faster. */
  take(identity: string, from: Held): Promise<Held | undefined>;
  release(from: Held): Promise<void>;
};

/**
 * One of several replicas leads: who holds the lease and has renewed it of late. Clocks of machines
 * differ, so nobody goes by the time that is written: a lease has lapsed when this replica, by its
 * own clock, has not seen it change for as long as it lasts. Who could not renew it stops leading
 * before anybody else can take it.
 */
export function createElector({
  store,
  identity,
  leaseMs,
  renewMs,
  logger,
  clock = () => performance.now(),
}: {
  store: LeaseStore;
  identity: string;
  leaseMs: number;
  renewMs: number;
  logger: Logger;
  clock?: () => number;
}) {
  let seen: { held: Held; at: number } | undefined;
  let mine: { held: Held; at: number } | undefined;
  /** Ends a renewal interval early, so that there is no moment in which two lead. */
  const leads = () => mine !== undefined && clock() - mine.at < leaseMs - renewMs;

  async function renew(): Promise<void> {
    // From before it was asked: the others count from when it was written, which is later.
    const asked = clock();
    const held = await store.read();
    if (!seen || seen.held.version !== held.version) seen = { held, at: clock() };
    const free = held.holder === '' || held.holder === identity;
    if (!free && clock() - seen.at < leaseMs) {
      if (mine) logger.warn({ holder: held.holder }, 'another prescaler leads');
      mine = undefined;
      return;
    }
    const taken = await store.take(identity, held);
    if (taken && !mine) logger.info({ identity }, 'this prescaler leads');
    mine = taken && { held: taken, at: asked };
  }

  return {
    leads,
    renew,
    /** Lets another lead at once. */
    async release(): Promise<void> {
      const was = mine;
      mine = undefined;
      if (was) await store.release(was.held);
    },
  };
}
