import { describe, expect, test, vi } from 'vitest';
import { PermanentError } from './bus.ts';
import { connected, inPlace, listen, type MakePlace, patience, revoked } from './bus-bench-test.ts';
import { written } from './message.ts';
import { parkedContract } from './parked-contract-test.ts';

/** What every bus promises, whatever carries it. */
export function busContract(makePlace: MakePlace): void {
  describe('delivers', () => deliveryContract(makePlace));
  describe('keeps for a person', () => parkedContract(makePlace));
}

function deliveryContract(makePlace: MakePlace): void {
  test('to every consumer its own copy, whole', async () => {
    const bus = await connected(await inPlace(makePlace));
    const a = await listen(bus, 'test.a');
    const b = await listen(bus, 'test.b');
    const message = revoked(1);
    await bus.publish(message);

    await vi.waitFor(() => expect([a, b]).toEqual([[message], [message]]), patience);
  });

  test('many at once, each whole, and says that none failed', async () => {
    const bus = await connected(await inPlace(makePlace));
    const seen = await listen(bus, 'test.many');
    const sent = Array.from({ length: 50 }, (_, sequence) => revoked(sequence));

    expect(await bus.publishAll(sent.map(written))).toEqual(sent.map(() => undefined));
    await vi.waitFor(() => expect(seen).toHaveLength(50), patience);
    expect(seen.toSorted((a, b) => a.sequence - b.sequence)).toEqual(sent);
    expect(await bus.publishAll([])).toEqual([]);
  });

  test('to one of the replicas of a consumer', async () => {
    const url = await inPlace(makePlace);
    const [one, two] = [await connected(url), await connected(url)];
    const a = await listen(one, 'test.shared');
    const b = await listen(two, 'test.shared');
    const sent = Array.from({ length: 20 }, (_, sequence) => revoked(sequence));
    for (const message of sent) await one.publish(message);

    await vi.waitFor(() => expect(a.length + b.length).toBe(20), patience);
    expect(new Set([...a, ...b].map(({ id }) => id)).size).toBe(20);
  });

  test('to every process that asks for its own copy', async () => {
    const url = await inPlace(makePlace);
    const buses = [await connected(url), await connected(url)];
    const seen: string[] = [];
    for (const [nth, bus] of buses.entries()) {
      await bus.subscribe({
        consumer: 'test.cache',
        types: ['subject.revoked'],
        everyProcess: true,
        handle: async () => void seen.push(`process ${nth}`),
      });
    }
    await buses[0]?.publish(revoked(1));

    await vi.waitFor(() => expect(seen.sort()).toEqual(['process 0', 'process 1']), patience);
  });

  test('to a process that asks for its own copy also after it failed at one', async () => {
    const bus = await connected(await inPlace(makePlace));
    const seen: number[] = [];
    await bus.subscribe({
      consumer: 'test.cache',
      types: ['subject.revoked'],
      everyProcess: true,
      prefetch: 1,
      async handle({ sequence }) {
        seen.push(sequence);
        if (sequence === 1) throw new Error('cannot digest this');
      },
    });
    await bus.publish(revoked(1));
    await bus.publish(revoked(2));

    await vi.waitFor(() => expect(seen).toEqual([1, 2]), patience);
  });

  test('what was published while nobody listened, afterwards', async () => {
    const url = await inPlace(makePlace);
    const first = await connected(url);
    await listen(first, 'test.durable');
    await first.close();

    const second = await connected(url);
    await second.publish(revoked(7));
    const seen = await listen(second, 'test.durable');

    await vi.waitFor(() => expect(seen.map(({ sequence }) => sequence)).toEqual([7]), patience);
  });

  test('again in tiers what its handler failed at', async () => {
    const bus = await connected(await inPlace(makePlace));
    const seen = await listen(bus, 'test.retry', (_, nth) => {
      if (nth < 3) throw new Error('not yet');
    });
    await bus.publish(revoked(1));

    await vi.waitFor(() => expect(seen).toHaveLength(3), patience);
    expect(await bus.parked('test.retry').list()).toEqual([]);
  });

  test('at once to the parked what trying again cannot help', async () => {
    const bus = await connected(await inPlace(makePlace));
    const seen = await listen(bus, 'test.permanent', () => {
      throw new PermanentError('never');
    });
    await bus.publish(revoked(1));

    await vi.waitFor(
      async () => expect(await bus.parked('test.permanent').list()).toHaveLength(1),
      patience,
    );
    expect(seen).toHaveLength(1);
  });

  test('to the end what is being handled when it closes', async () => {
    const bus = await connected(await inPlace(makePlace));
    const started = Promise.withResolvers<void>();
    let finished = false;
    await listen(bus, 'test.slow', async () => {
      started.resolve();
      await new Promise((resolve) => setTimeout(resolve, 500));
      finished = true;
    });
    await bus.publish(revoked(1));
    await started.promise;
    await bus.close();

    expect(finished).toBe(true);
  });
}
