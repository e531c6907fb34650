import type { Collection, Db } from 'mongodb';

type LeaseDocument = { _id: string; holder: string | null; beat: number };

export type Lease = {
  /** Takes or keeps the lease; call it more often than it lasts. Says whether it is held. */
  hold(): Promise<boolean>;
  /** Whether it is still held by this process's own clock, without asking the server. */
  isHeld(): boolean;
  release(): Promise<void>;
};

/**
 * One holder at a time, by one document and no clock of anybody else's: the holder raises `beat`,
 * and whoever sees the same beat for a whole `leaseMs` by their own monotonic clock may take over.
 * (Kubernetes' leader election works so.) A clock that is wrong by an hour does no harm.
 */
export function createLease({
  db,
  name,
  holder,
  leaseMs,
  now = () => performance.now(),
}: {
  db: Db;
  name: string;
  holder: string;
  leaseMs: number;
  now?: () => number;
}): Lease {
  const leases: Collection<LeaseDocument> = db.collection('leases');
  let seen: { beat: number; at: number } | undefined;
  let heldUntil = Number.NEGATIVE_INFINITY;

  const raise = async (beat: number): Promise<boolean> => {
    // Counted from before the call: the others count from when they see it, which is later.
    const askedAt = now();
    const { matchedCount } = await leases.updateOne(
      { _id: name, beat },
      { $set: { holder, beat: beat + 1 } },
    );
    heldUntil = matchedCount === 1 ? askedAt + leaseMs : Number.NEGATIVE_INFINITY;
    return matchedCount === 1;
  };

  return {
    isHeld: () => now() < heldUntil,

    async hold() {
      // A third of the lease between beats leaves time for two that fail.
      if (now() < heldUntil - (leaseMs * 2) / 3) return true;
      await leases.updateOne(
        { _id: name },
        { $setOnInsert: { holder: null, beat: 0 } },
        { upsert: true },
      );
      const lease = await leases.findOne({ _id: name });
      if (!lease) return false;
      if (lease.holder === holder || lease.holder === null) return raise(lease.beat);
      heldUntil = Number.NEGATIVE_INFINITY;
      if (seen?.beat !== lease.beat) seen = { beat: lease.beat, at: now() };
      return now() - seen.at >= leaseMs ? raise(lease.beat) : false;
    },

    async release() {
      heldUntil = Number.NEGATIVE_INFINITY;
      await leases.updateOne({ _id: name, holder }, { $set: { holder: null }, $inc: { beat: 1 } });
    },
  };
}
