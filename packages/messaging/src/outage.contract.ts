import { type FaultProxy, startFaultProxy } from '@guichet/testing/fault-proxy';
import { expect, onTestFinished, test, vi } from 'vitest';
import { connected, inPlace, listen, type MakePlace, patience, revoked } from './bus-bench.ts';

const sequences = (seen: readonly { sequence: number }[]) =>
  [...new Set(seen.map(({ sequence }) => sequence))].sort();

/** What every bus promises about a server that goes away and comes back. */
export function outageContract(makePlace: MakePlace): void {
  async function behindProxy(): Promise<{ proxy: FaultProxy; url: string }> {
    const url = await inPlace(makePlace);
    const proxy = await startFaultProxy(url);
    onTestFinished(() => proxy.close());
    return { proxy, url: proxy.through(url) };
  }

  test('it says so, loses nothing, and goes on when it is back', async () => {
    const { proxy, url } = await behindProxy();
    const bus = await connected(url);
    const seen = await listen(bus, 'test.survivor');
    await bus.publish(revoked(1));
    await vi.waitFor(() => expect(sequences(seen)).toEqual([1]), patience);

    await proxy.stop();
    await expect(bus.publish(revoked(2))).rejects.toThrow();
    await expect(vi.waitFor(() => bus.ready(), { timeout: 500 })).rejects.toThrow();
    await proxy.start();

    await vi.waitFor(() => bus.publish(revoked(3)), patience);
    await vi.waitFor(() => expect(sequences(seen)).toContain(3), patience);
    await bus.ready();
  });

  test('what fails meanwhile is tried again afterwards', async () => {
    const { proxy, url } = await behindProxy();
    const bus = await connected(url);
    const seen = await listen(bus, 'test.meanwhile', async (_, nth) => {
      if (nth > 1) return;
      await proxy.stop();
      throw new Error('not yet');
    });
    await bus.publish(revoked(1));
    await vi.waitFor(() => expect(seen).toHaveLength(1), patience);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(seen).toHaveLength(1);
    await proxy.start();

    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(1), patience);
  });

  test('a publish that nothing answers gives up', async () => {
    const { proxy, url } = await behindProxy();
    const bus = await connected(url);
    await listen(bus, 'test.silence');
    proxy.add({ type: 'timeout', timeoutMs: 0 });

    await expect(bus.publish(revoked(1))).rejects.toThrow('within');
    proxy.clear();
    await proxy.stop();
    await proxy.start();
  });
}
