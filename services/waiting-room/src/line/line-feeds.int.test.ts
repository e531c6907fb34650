import { PassThrough } from 'node:stream';
import { lineView } from '@guichet/contracts/lines';
import { expect, onTestFinished, vi } from 'vitest';
import { type Replica, test } from '../waiting-room-server-test.ts';
import { seedRoom, seedTurns } from '../waiting-room-test.ts';

const patience = { timeout: 20_000, interval: 20 };
const pathOf = (id: string) => `/api/waiting-rooms/${id}/live`;

/** Listens as a page does, and collects what is heard. */
async function listenTo({ url }: Replica, id: string) {
  const aborter = new AbortController();
  onTestFinished(() => aborter.abort());
  const answer = await fetch(url + pathOf(id), { signal: aborter.signal });
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
    answer,
    heard,
    leave: () => aborter.abort(),
    lines: () =>
      [...heard.text.matchAll(/^event: line\ndata: (.*)\n\n/gm)].map(([, data = '']) =>
        lineView.parse(JSON.parse(data)),
      ),
  };
}

test('tells how far the line has come, and again as it moves', async ({ pool, replica }) => {
  const { id } = await seedRoom(pool, { saleIn: -1, pacing: { by: 'rate', perMinute: 6_000 } });
  const listener = await listenTo(replica, id);
  await vi.waitFor(() => expect(listener.lines()).toHaveLength(1), patience);
  expect(listener.answer.headers.get('content-type')).toBe('text/event-stream');
  expect(listener.heard.text).toMatch(/^retry: \d+\n\n/);
  expect(listener.lines()[0]).toMatchObject({ joined: 0, calledUpTo: 0, phase: 'admitting' });

  await seedTurns(pool, id, 3);
  await vi.waitFor(() => expect(listener.lines().at(-1)?.joined).toBe(3), patience);
  await replica.keeper.tick();
  await vi.waitFor(() => expect(listener.lines().at(-1)?.calledUpTo).toBe(3), patience);
  await pool.query('update rooms set closed_at = now()');
  await vi.waitFor(() => expect(listener.lines().at(-1)?.phase).toBe('closed'), patience);

  const told = listener.lines().length;
  await vi.waitFor(() => expect(listener.heard.text).toMatch(/^:\n\n:\n\n/m), patience);
  expect(listener.lines()).toHaveLength(told);
  replica.lineFeeds.endAll();
  await vi.waitFor(() => expect(listener.heard.end).toBe('ended'), patience);
});

test('lets so many listen and no more, until one leaves', async ({ pool, replica }) => {
  const { id } = await seedRoom(pool);
  const listeners = [];
  for (let nth = 0; nth < 3; nth += 1) listeners.push(await listenTo(replica, id));

  const refused = await replica.ask('GET', pathOf(id));
  expect([refused.status, refused.body.code]).toEqual([503, 'too_many_listeners']);
  expect(refused.headers.get('retry-after')).toBe('15');

  listeners[0]?.leave();
  await vi.waitFor(async () => {
    expect(await replica.valueOf('guichet_waiting_room_listeners')).toBe(2);
  }, patience);
  expect((await listenTo(replica, id)).answer.status).toBe(200);
});

test('a reader that does not keep up is let go, and nobody else', async ({ pool, replica }) => {
  const { id } = await seedRoom(pool);
  const slow = new PassThrough({ highWaterMark: 1 });
  const quick = new PassThrough().resume();
  await replica.lineFeeds.listen(id, () => slow);
  await replica.lineFeeds.listen(id, () => quick);

  for (let joined = 1; !slow.destroyed && joined < 400; joined += 1) {
    replica.book.hear({
      roomId: id,
      joined,
      calledUpTo: 0,
      placesLeft: null,
      held: null,
      calledPerMinute: 0,
    });
    await new Promise((resolve) => setTimeout(resolve, 25));
  }

  expect(slow.destroyed).toBe(true);
  expect(quick.destroyed).toBe(false);
  expect(await replica.valueOf('guichet_waiting_room_listeners_dropped_total')).toBe(1);
  expect(await replica.valueOf('guichet_waiting_room_listeners')).toBe(1);
});
