import { createMetrics } from '@guichet/telemetry/metrics';
import { expect, test, vi } from 'vitest';
import { type Bus, PermanentError } from './bus.ts';
import {
  auditOf,
  connected,
  inPlace,
  listen,
  type MakePlace,
  patience,
  revoked,
} from './bus-bench-test.ts';

const actor = { by: 'anna' };
const forGood = { ...actor, reason: 'a test' };

/** What every bus promises about messages that no retry could help. */
export function parkedContract(makePlace: MakePlace): void {
  test('a poison message, when the tiers are used up, and the queue goes on', async () => {
    const bus = await connected(await inPlace(makePlace));
    const good: number[] = [];
    await listen(bus, 'test.poison', ({ sequence }) => {
      if (sequence === 13) throw new Error('cannot digest this');
      good.push(sequence);
    });
    await bus.publish(revoked(13));
    await bus.publish(revoked(14));

    await vi.waitFor(() => expect(good).toEqual([14]), patience);
    await vi.waitFor(async () => {
      expect(await bus.parked('test.poison').list()).toEqual([
        expect.objectContaining({
          message: expect.objectContaining({ sequence: 13 }),
          attempts: 3,
          error: 'cannot digest this',
        }),
      ]);
    }, patience);
  });

  test('what is delivered again when it is replayed, and gone when it is discarded', async () => {
    const bus = await connected(await inPlace(makePlace));
    let broken = true;
    const done: number[] = [];
    await listen(bus, 'test.replay', ({ sequence }) => {
      if (broken) throw new PermanentError('broken');
      done.push(sequence);
    });
    const [kept, dropped] = [revoked(1), revoked(2)];
    await bus.publish(kept);
    await bus.publish(dropped);
    const parked = bus.parked('test.replay');
    await vi.waitFor(async () => expect(await parked.count()).toBe(2), patience);
    broken = false;

    expect(await parked.discard(dropped.id, forGood)).toBe(true);
    expect(await parked.discard('unknown', forGood)).toBe(false);
    expect(await parked.replay('unknown', actor)).toBe(0);
    expect(await parked.replay('all', actor)).toBe(1);
    await vi.waitFor(() => expect(done).toEqual([1]), patience);
    expect(await parked.list()).toEqual([]);
    expect(await parked.count()).toBe(0);
  });

  test('what still cannot be handled when it is replayed, after one more attempt', async () => {
    const bus = await connected(await inPlace(makePlace));
    const { seen, parked } = await park(bus, 'test.incurable', [1, 2, 3]);

    expect(await parked.replay('all', actor)).toBe(3);
    await vi.waitFor(() => expect(seen).toHaveLength(6), patience);
    await vi.waitFor(async () => expect(await parked.count()).toBe(3), patience);
    expect(seen).toHaveLength(6);
  });

  test('the oldest first, as many as are asked for, and one by its id', async () => {
    const bus = await connected(await inPlace(makePlace));
    const { sent, parked } = await park(bus, 'test.order', [1, 2, 3]);

    expect((await parked.list()).map(({ message }) => message)).toEqual(sent);
    expect((await parked.list(2)).map(({ id }) => id)).toEqual([sent[0]?.id, sent[1]?.id]);
    expect(await parked.find(sent[2]?.id ?? '')).toMatchObject({ message: { sequence: 3 } });
    expect(await parked.find('unknown')).toBeUndefined();
  });

  test('what is looked at again and again, as it is', async () => {
    const bus = await connected(await inPlace(makePlace));
    const { parked } = await park(bus, 'test.looked', [1, 2]);
    const first = await parked.list();

    for (let look = 0; look < 25; look += 1) expect(await parked.list()).toEqual(first);
    expect(await parked.count()).toBe(2);
  });

  test('how many, told with the metrics', async () => {
    const metrics = createMetrics({ service: 'test' });
    const bus = await connected(await inPlace(makePlace), { metrics });
    await park(bus, 'test.counted', [1, 2]);

    await expect
      .poll(() => metrics.registry.metrics())
      .toContain('guichet_messages_parked{consumer="test.counted",service="test"} 2');
  });

  test('who replayed and who discarded what, and why', async () => {
    const bus = await connected(await inPlace(makePlace));
    const audit = await auditOf(bus);
    const { sent, parked } = await park(bus, 'test.audited', [1, 2]);
    const [first, second] = sent.map(({ id }) => id) as [string, string];

    await parked.list();
    await parked.replay('unknown', actor);
    await parked.discard('unknown', forGood);
    await parked.replay(first, actor);
    await parked.discard(second, forGood);
    await vi.waitFor(() => expect(audit).toHaveLength(2), patience);
    const entry = { actorId: 'operator:anna', organiserId: null, at: expect.any(String) };
    expect(audit.map(({ data }) => data)).toEqual(
      expect.arrayContaining([
        { ...entry, action: 'message.replayed', target: `test.audited/${first}` },
        {
          ...entry,
          action: 'message.discarded',
          target: `test.audited/${second}`,
          reason: 'a test',
        },
      ]),
    );
  });

  test('nothing for a consumer that there is not', async () => {
    const bus = await connected(await inPlace(makePlace));
    const parked = bus.parked('test.mistyped');

    expect(await parked.count()).toBeUndefined();
    await expect(parked.list()).rejects.toThrow('there is no consumer test.mistyped');
    await expect(parked.replay('all', actor)).rejects.toThrow('there is no consumer test.mistyped');
  });
}

/** Messages that are all parked at once, in their order. */
async function park(bus: Bus, consumer: string, sequences: readonly number[]) {
  const seen = await listen(bus, consumer, () => {
    throw new PermanentError('still broken');
  });
  const parked = bus.parked(consumer);
  const sent = sequences.map(revoked);
  for (const [nth, message] of sent.entries()) {
    await bus.publish(message);
    await vi.waitFor(async () => expect(await parked.count()).toBe(nth + 1), patience);
  }
  return { sent, seen, parked };
}
