import { createLogger } from '@guichet/telemetry/logger';
import { describe, expect, test } from 'vitest';
import { createElector, type Held } from './elector.ts';

const [leaseMs, renewMs] = [15_000, 5_000];
const logger = createLogger({ service: 'test', level: 'silent' });

/** A lease as Kubernetes keeps one: whoever writes names the version that they have read. */
function lease() {
  let held: Held = { holder: '', version: '0' };
  let version = 0;
  let isAway = false;
  const write = (holder: string, from: Held): Held | undefined => {
    if (isAway) throw new Error('the API server is away');
    if (from.version !== held.version) return undefined;
    version += 1;
    held = { holder, version: String(version) };
    return held;
  };
  return {
    away: (is: boolean) => {
      isAway = is;
    },
    store: {
      read: async () => {
        if (isAway) throw new Error('the API server is away');
        return held;
      },
      take: async (identity: string, from: Held) => write(identity, from),
      release: async (from: Held) => void write('', from),
    },
  };
}

function replica(kept: ReturnType<typeof lease>, identity: string, clock: () => number) {
  return createElector({ store: kept.store, identity, leaseMs, renewMs, logger, clock });
}

test('of two that begin at once one leads', async () => {
  const kept = lease();
  const [one, other] = [replica(kept, 'one', () => 0), replica(kept, 'other', () => 0)];

  await Promise.all([one.renew(), other.renew()]);

  expect([one.leads(), other.leads()].filter(Boolean)).toHaveLength(1);
});

describe('another leads', () => {
  test('when the leader has not been heard of for as long as the lease', async () => {
    let now = 0;
    const kept = lease();
    const [one, other] = [replica(kept, 'one', () => now), replica(kept, 'other', () => now)];
    await one.renew();
    await other.renew();
    now = leaseMs - 1;
    await other.renew();
    expect(other.leads()).toBe(false);

    now = leaseMs;
    await other.renew();

    expect(other.leads()).toBe(true);
    expect(one.leads()).toBe(false);
  });

  test('at once when the leader has gone by itself', async () => {
    const kept = lease();
    const [one, other] = [replica(kept, 'one', () => 0), replica(kept, 'other', () => 0)];
    await one.renew();
    await one.release();

    await other.renew();

    expect(other.leads()).toBe(true);
  });
});

test('who cannot renew stops leading before anybody else can take it', async () => {
  let now = 0;
  const kept = lease();
  const one = replica(kept, 'one', () => now);
  await one.renew();
  kept.away(true);
  now = leaseMs - renewMs;

  await expect(one.renew()).rejects.toThrow('away');
  expect(one.leads()).toBe(false);
});

test('never do two lead, whatever their clocks say and however often they look', async () => {
  for (const aheadMs of [-3_600_000, 0, 3_600_000]) {
    let now = 0;
    const kept = lease();
    const one = replica(kept, 'one', () => now);
    const other = replica(kept, 'other', () => now + aheadMs);
    for (let nth = 0; nth < 400; nth += 1) {
      now += (nth * 7_919) % 6_000;
      // One of them pauses for a minute now and then, as a process does that gets no CPU.
      if (nth % 50 < 40) await one.renew();
      if (nth % 70 < 55) await other.renew();
      expect([one.leads(), other.leads()].filter(Boolean).length).toBeLessThanOrEqual(1);
    }
  }
});
