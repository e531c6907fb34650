/** An answer speaks of its moment; what was heard longer ago is not known any more. */
const heardCountsMs = 1_000;

/** Fewer in line are no crowd: to refuse the next would spare nobody anything. */
const crowd = 16;

/** How much the newest that was served counts for how fast the line moves. */
const newestCounts = 0.1;

/** A request in the line of an endpoint. */
export type Turn = {
  /** A connection took it: what it waited says how fast the line moves. */
  served(): void;
  /** It was answered, and the service said how old its own queue is. */
  heard(ageMs: number): void;
  /** It waits no more, served or not. */
  left(): void;
};

/**
 * How long a request that comes now would wait for one process of a service, in milliseconds: in the
 * line for a connection here, and in the queue that the process tells of. The line counts by how
 * fast it moves (Little), not by its length, or by what its first has waited where that is more: a
 * process that has fallen silent serves nobody whose wait could be measured. A few whom a slow moment
 * holds up, or a connection that is being opened, are no crowd, and their line has no age.
 */
export function createQueueAge(now: () => number = () => performance.now()) {
  const waiting = new Set<{ readonly since: number; readonly ahead: number }>();
  let eachMs = 0;
  let heardMs = 0;
  let heardAt = Number.NEGATIVE_INFINITY;

  const isHeard = () => now() - heardAt <= heardCountsMs;

  function lineMs(length: number): number {
    if (length < crowd) return 0;
    const [first] = waiting;
    return Math.max(first ? now() - first.since : 0, length * eachMs);
  }

  return {
    /** `coming` are on their way into the line. */
    ms(coming = 0): number {
      return lineMs(waiting.size + coming) + (isHeard() ? heardMs : 0);
    },

    enter(): Turn {
      const one = { since: now(), ahead: waiting.size };
      waiting.add(one);
      // Who comes when nothing is known any more finds out; the others wait for what it hears.
      if (heardMs > 0 && !isHeard()) heardAt = now();
      return {
        served() {
          if (!waiting.delete(one) || one.ahead === 0) return;
          const thisMs = (now() - one.since) / one.ahead;
          eachMs += (thisMs - eachMs) * (eachMs === 0 ? 1 : newestCounts);
        },
        heard(ageMs) {
          heardMs = ageMs;
          heardAt = now();
        },
        left() {
          waiting.delete(one);
        },
      };
    },
  };
}
