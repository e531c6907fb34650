import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@guichet/contracts/ids';
import { availabilityEvent } from '@guichet/contracts/live';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { expect, onTestFinished, vi } from 'vitest';
import { findOffering } from '../offerings/find-offering.ts';
import { type Reservation, test } from '../reservation-server-test.ts';
import { place, quoteFor, seedSlot } from '../reservation-test.ts';
import { listAvailability } from '../slots/list-availability.ts';
import { createLiveFeeds } from './live-feeds.ts';

const patience = { timeout: 20_000, interval: 20 };
const pathOf = (offeringId: string) => `/api/offerings/${offeringId}/live`;

/** Listens as a page does, and collects what is heard. */
async function listenTo({ url }: Reservation, offeringId: string, headers = {}) {
  const aborter = new AbortController();
  onTestFinished(() => aborter.abort());
  const answer = await fetch(url + pathOf(offeringId), { signal: aborter.signal, headers });
  const heard = { text: '', end: '' };
  const reading = (async () => {
    for await (const chunk of answer.body ?? []) heard.text += Buffer.from(chunk).toString();
  })();
  reading.then(
    () => {
      heard.end = 'ended';
    },
    () => {
      heard.end = 'broke off';
    },
  );
  return {
    status: answer.status,
    headers: answer.headers,
    heard,
    leave: () => aborter.abort(),
    /** The items of each event so far, read as the contract has them. */
    events: () =>
      [...heard.text.matchAll(/^event: availability\ndata: (.*)\n\n/gm)].map(
        ([, data = '']) => availabilityEvent.parse(JSON.parse(data)).items,
      ),
  };
}
type Heard = Awaited<ReturnType<typeof listenTo>>;
const untilHeard = ({ events }: Heard, count: number) =>
  vi.waitFor(() => expect(events()).toHaveLength(count), patience);

/** Two dates of one offering. */
async function twoSlots(pool: Parameters<typeof seedSlot>[0]) {
  const one = await seedSlot(pool, { startsAt: new Date('2031-06-01T18:00:00Z') });
  const { offeringId, organiserId } = one;
  const startsAt = new Date('2031-06-02T18:00:00Z');
  return { one, two: await seedSlot(pool, { offeringId, organiserId, startsAt }), offeringId };
}

test('says what availability says, and then each change of it', async ({ pool, reservation }) => {
  const { one, two, offeringId } = await twoSlots(pool);
  const listener = await listenTo(reservation, offeringId);
  await untilHeard(listener, 1);

  expect(listener.status).toBe(200);
  expect(listener.headers.get('content-type')).toBe('text/event-stream');
  expect(listener.headers.get('cache-control')).toBe('no-store');
  const retryMs = Number(/^retry: (\d+)\n\n/.exec(listener.heard.text)?.[1]);
  expect(retryMs).toBeGreaterThanOrEqual(2_000);
  const path = `/api/availability?offeringId=${offeringId}`;
  expect(listener.events()[0]).toEqual((await reservation.ask('GET', path)).body.items);

  await place(pool, quoteFor(two, 10));
  await untilHeard(listener, 2);
  expect(listener.events()[1]).toEqual([
    expect.objectContaining({ slotId: two.id, remaining: 0, state: 'sold_out' }),
  ]);
  await pool.query(`update slots set starts_at = now() - interval '1 minute' where id = $1`, [
    one.id,
  ]);
  await untilHeard(listener, 3);
  expect(listener.events()[2]).toEqual([
    expect.objectContaining({ slotId: one.id, remaining: 0, state: 'closed' }),
  ]);
  await pool.query(`update offerings set status = 'withdrawn', version = 9`);
  await untilHeard(listener, 4);
  expect(listener.events()[3]).toEqual([
    expect.objectContaining({ slotId: two.id, state: 'closed' }),
  ]);
});

test('says now and then that it still stands', async ({ pool, reservation }) => {
  const { heard } = await listenTo(reservation, (await seedSlot(pool)).offeringId);

  await vi.waitFor(() => expect(heard.text).toMatch(/^:\n\n:\n\n/m), patience);
});

test('lets so many listen and no more, until one leaves', async ({ pool, reservation }) => {
  const { one, offeringId } = await twoSlots(pool);
  const other = await seedSlot(pool);
  const listeners = [
    await listenTo(reservation, offeringId),
    await listenTo(reservation, offeringId),
    await listenTo(reservation, other.offeringId),
  ];
  const gauge = async () =>
    (await reservation.metrics.registry.getSingleMetric('guichet_live_listeners')?.get())?.values[0]
      ?.value;
  expect(await gauge()).toBe(3);

  expect(await reservation.ask('GET', pathOf(offeringId))).toMatchObject({
    status: 503,
    body: { code: 'too_many_listeners' },
  });
  const { headers } = await reservation.ask('GET', pathOf(offeringId));
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);

  listeners[0]?.leave();
  await vi.waitFor(async () => expect(await gauge()).toBe(2), patience);
  const late = await listenTo(reservation, offeringId);
  expect(late.status).toBe(200);
  await place(pool, quoteFor(one, 1));
  await untilHeard(late, 2);
  await untilHeard(listeners[1] as Heard, 2);
  await untilHeard(listeners[2] as Heard, 1);
});

test('an offering that nobody may see cannot be listened to', async ({ pool, reservation }) => {
  const { offeringId } = await seedSlot(pool);
  await pool.query(`update offerings set status = 'draft'`);
  const codeOf = async (id: string) => (await reservation.ask('GET', pathOf(id))).body.code;

  expect(await codeOf(newId())).toBe('offering_not_found');
  expect(await codeOf(offeringId)).toBe('offering_not_found');
  expect(await codeOf('rubbish')).toBe('invalid_request');
  // What was refused took no place.
  await pool.query(`update offerings set status = 'published'`);
  for (let nth = 0; nth < 3; nth += 1) {
    expect((await listenTo(reservation, offeringId)).status).toBe(200);
  }
});

test('whoever comes back with a token that counts no more hears on', async ({
  pool,
  reservation,
}) => {
  const { offeringId } = await seedSlot(pool);

  const { status } = await listenTo(reservation, offeringId, { authorization: 'Bearer a.b.c' });
  expect(status).toBe(200);
});

test('asked for its head alone, it answers and ends', async ({ pool, reservation }) => {
  const { offeringId } = await seedSlot(pool);
  const answer = await fetch(reservation.url + pathOf(offeringId), { method: 'HEAD' });

  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  expect((await listenTo(reservation, offeringId)).status).toBe(200);
});

test('all streams end, whole, when the service does', async ({ pool, reservation }) => {
  const listener = await listenTo(reservation, (await seedSlot(pool)).offeringId);
  await untilHeard(listener, 1);

  reservation.liveFeeds.endAll();

  await vi.waitFor(() => expect(listener.heard.end).toBe('ended'), patience);
});

test('an offering is looked at once for all who listen, and not at all when nobody does', async ({
  pool,
}) => {
  const { one, offeringId } = await twoSlots(pool);
  const lookMs = 100;
  let looks = 0;
  let [atOnce, mostAtOnce] = [0, 0];
  let isAway = false;
  const look = listAvailability({
    pool,
    live: () => ({ fewLeftPercent: 10 }),
    findOffering: findOffering({ pool }),
  });
  const metrics = createMetrics({ service: 'test' });
  const feeds = createLiveFeeds({
    listAvailability: async (...asked) => {
      looks += 1;
      if (isAway) throw new Error('the database is away');
      atOnce += 1;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      return look(...asked).finally(() => {
        atOnce -= 1;
      });
    },
    mostListeners: 50,
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics,
    lookMs,
  });
  onTestFinished(() => feeds.stop());
  const untilNobodyListens = () =>
    vi.waitFor(async () => {
      const listening = metrics.registry.getSingleMetric('guichet_live_listeners');
      expect((await listening?.get())?.values[0]?.value).toBe(0);
    }, patience);
  const others = await Promise.all(Array.from({ length: 20 }, () => seedSlot(pool)));
  await Promise.all(
    others.map((other) => feeds.listen(other.offeringId, () => new PassThrough().destroy())),
  );
  expect([looks, mostAtOnce]).toEqual([20, 1]);
  await untilNobodyListens();
  looks = 0;
  const listeners = Array.from({ length: 50 }, () => new PassThrough());
  await Promise.all(listeners.map((listener) => feeds.listen(offeringId, () => listener)));
  expect(looks).toBe(1);

  const beganAt = performance.now();
  feeds.start();
  await place(pool, quoteFor(one, 1));
  const heard = listeners.map((listener) => {
    const texts = { text: '' };
    listener.on('data', (chunk) => {
      texts.text += chunk;
    });
    return texts;
  });
  const changes = () => heard.filter(({ text }) => text.includes('"remaining":9'));
  await vi.waitFor(() => expect(changes()).toHaveLength(50), patience);
  await vi.waitFor(() => expect(looks).toBeGreaterThan(9), patience);
  // Not sooner than a pause allows: fifty listeners cost what one does.
  expect((looks - 3) * lookMs).toBeLessThan(performance.now() - beganAt);

  isAway = true;
  const looksThen = looks;
  await vi.waitFor(() => expect(looks).toBeGreaterThan(looksThen + 1), patience);
  isAway = false;
  await place(pool, quoteFor(one, 1));
  await vi.waitFor(() => expect(heard[0]?.text).toContain('"remaining":8'), patience);

  for (const listener of listeners) listener.destroy();
  await untilNobodyListens();
  const before = looks;
  await sleep(5 * lookMs);
  expect(looks).toBe(before);
});
