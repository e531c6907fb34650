import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { afterEach, expect, test, vi } from 'vitest';
import { type Bus, PermanentError } from './bus.ts';
import { connectBus } from './connect-bus.ts';
import { createMessage, type Message } from './message.ts';

const subjectId = '0197a6f0-0000-7000-8000-000000000001';
const patience = { timeout: 30_000, interval: 50 };

const revoked = (sequence: number) =>
  createMessage({
    source: 'test',
    type: 'subject.revoked',
    subject: subjectId,
    sequence,
    data: { subjectId },
  });

/** What every bus promises, whatever carries it. */
export function busContract(makeUrl: () => Promise<{ url: string; drop(): Promise<void> }>): void {
  const ending: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ending.splice(0).reverse()) await end();
  });

  async function place() {
    const { url, drop } = await makeUrl();
    ending.push(drop);
    return async (): Promise<Bus> => {
      const bus = await connectBus({
        url,
        logger: createLogger({ service: 'test', level: 'silent' }),
        metrics: createMetrics({ service: 'test' }),
        retryTiersMs: [50, 100],
      });
      ending.push(() => bus.close());
      return bus;
    };
  }

  /** A consumer that notes what it was given, and may throw. */
  async function listen(
    bus: Bus,
    consumer: string,
    act: (message: Message, nth: number) => void = () => {},
  ) {
    const seen: Message[] = [];
    await bus.subscribe({
      consumer,
      types: ['subject.revoked'],
      async handle(message) {
        seen.push(message);
        act(message, seen.length);
      },
    });
    return seen;
  }

  test('every consumer gets its own copy, whole', async () => {
    const bus = await (await place())();
    const a = await listen(bus, 'test.a');
    const b = await listen(bus, 'test.b');
    const message = revoked(1);
    await bus.publish(message);

    await vi.waitFor(() => expect([a, b]).toEqual([[message], [message]]), patience);
  });

  test('replicas of one consumer share its messages', async () => {
    const connect = await place();
    const [one, two] = [await connect(), await connect()];
    const a = await listen(one, 'test.shared');
    const b = await listen(two, 'test.shared');
    const sent = Array.from({ length: 20 }, (_, sequence) => revoked(sequence));
    for (const message of sent) await one.publish(message);

    await vi.waitFor(() => expect(a.length + b.length).toBe(20), patience);
    expect(new Set([...a, ...b].map(({ id }) => id)).size).toBe(20);
  });

  test('every process gets its own copy where it asks for one', async () => {
    const connect = await place();
    const buses = [await connect(), await connect()];
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

  test('what was published while nobody listened is delivered afterwards', async () => {
    const connect = await place();
    const first = await connect();
    await listen(first, 'test.durable');
    await first.close();

    const second = await connect();
    await second.publish(revoked(7));
    const seen = await listen(second, 'test.durable');

    await vi.waitFor(() => expect(seen.map(({ sequence }) => sequence)).toEqual([7]), patience);
  });

  test('a handler that fails is tried again in tiers', async () => {
    const bus = await (await place())();
    const seen = await listen(bus, 'test.retry', (_, nth) => {
      if (nth < 3) throw new Error('not yet');
    });
    await bus.publish(revoked(1));

    await vi.waitFor(() => expect(seen).toHaveLength(3), patience);
    expect(await bus.parked('test.retry').list()).toEqual([]);
  });

  test('a poison message is parked when the tiers are used up, and the queue goes on', async () => {
    const bus = await (await place())();
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

  test('what trying again cannot help is parked at once', async () => {
    const bus = await (await place())();
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

  test('a parked message is delivered again when it is replayed, and gone when it is discarded', async () => {
    const bus = await (await place())();
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
    expect(await parked.replay('all')).toBe(1);
    await vi.waitFor(() => expect(done).toEqual([1]), patience);
    expect(await parked.list()).toEqual([]);
  });

  test('an ending waits for what is being handled', async () => {
    const bus = await (await place())();
    const started = Promise.withResolvers<void>();
    let finished = false;
    await bus.subscribe({
      consumer: 'test.slow',
      types: ['subject.revoked'],
      async handle() {
        started.resolve();
        await new Promise((resolve) => setTimeout(resolve, 500));
        finished = true;
      },
    });
    await bus.publish(revoked(1));
    await started.promise;
    await bus.close();

    expect(finished).toBe(true);
  });
}
