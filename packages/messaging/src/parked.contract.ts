import { expect, test, vi } from 'vitest';
import { PermanentError } from './bus.ts';
import { connected, inPlace, listen, type MakePlace, patience, revoked } from './bus-bench.ts';

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
    await vi.waitFor(async () => expect(await parked.list()).toHaveLength(2), patience);
    broken = false;

    expect(await parked.discard(dropped.id, 'a test')).toBe(true);
    expect(await parked.discard('unknown', 'a test')).toBe(false);
    expect(await parked.replay('unknown')).toBe(0);
    expect(await parked.replay('all')).toBe(1);
    await vi.waitFor(() => expect(done).toEqual([1]), patience);
    expect(await parked.list()).toEqual([]);
  });

  test('what still cannot be handled when it is replayed, after one more attempt', async () => {
    const bus = await connected(await inPlace(makePlace));
    const seen = await listen(bus, 'test.incurable', () => {
      throw new PermanentError('still broken');
    });
    for (const sequence of [1, 2, 3]) await bus.publish(revoked(sequence));
    const parked = bus.parked('test.incurable');
    await vi.waitFor(async () => expect(await parked.list()).toHaveLength(3), patience);

    expect(await parked.replay('all')).toBe(3);
    await vi.waitFor(() => expect(seen).toHaveLength(6), patience);
    await vi.waitFor(async () => expect(await parked.list()).toHaveLength(3), patience);
    expect(seen).toHaveLength(6);
  });

  test('nothing for a consumer that there is not', async () => {
    const bus = await connected(await inPlace(makePlace));
    const asked = bus.parked('test.mistyped').list();

    await expect(asked).rejects.toThrow('nothing is kept for a consumer test.mistyped');
  });
}
