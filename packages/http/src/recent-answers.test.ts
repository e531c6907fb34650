import { createServer } from 'node:http';
import { createMetrics } from '@guichet/telemetry/metrics';
import { listening } from '@guichet/testing/listening';
import { request } from 'undici';
import { test as base, expect } from 'vitest';
import { createRecentAnswers } from './recent-answers.ts';

/** Answers each look with a number of its own, and keeps what it has answered. */
async function startLooks({ keptMs = 100 } = {}) {
  const clock = { ms: 0 };
  const metrics = createMetrics({ service: 'test' });
  const recent = createRecentAnswers({
    route: '/looks',
    mostCharacters: 40,
    keptMs: () => keptMs,
    now: () => clock.ms,
  });
  let looks = 0;
  const listener = recent.inFrontOf(
    (req, res) => {
      looks += 1;
      recent.keep(req.url ?? '', { text: `"${looks}"`, etag: `"e${looks}"`, readAt: clock.ms });
      res.setHeader('etag', `"e${looks}"`).end(`"${looks}"`);
    },
    { metrics, queueAgeMs: () => 7.2 },
  );
  const { url, close } = await listening(createServer(listener));
  // Not `fetch`, which asks for the newest wherever it names a tag.
  const ask = (path = '/looks?of=a', headers: Record<string, string> = {}, method = 'GET') =>
    request(url + path, { method, headers });
  const look = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).body.text();
  return { clock, metrics, close, ask, look };
}

const test = base.extend('looks', async ({ task: _ }, { onCleanup }) => {
  const looks = await startLooks();
  onCleanup(looks.close);
  return looks;
});

test('who asks the same is given the same again, for so long after it was read and no longer', async ({
  looks: { clock, look },
}) => {
  expect(await look()).toBe('"1"');

  clock.ms = 99;
  expect(await look()).toBe('"1"');
  expect(await look('/looks?of=b')).toBe('"2"');
  clock.ms = 100;
  expect(await look()).toBe('"3"');
});

test('who may have written, asks for the newest, or writes is not given what was before', async ({
  looks: { look },
}) => {
  expect(await look()).toBe('"1"');

  expect(await look(undefined, { 'x-manage-token': 'a-guest' })).toBe('"2"');
  expect(await look(undefined, { authorization: 'Bearer somebody' })).toBe('"3"');
  expect(await look(undefined, { 'cache-control': 'no-cache' })).toBe('"4"');
  expect(await look(undefined, { 'cache-control': 'max-age=0' })).toBe('"5"');
  expect(await look(undefined, {}, 'POST')).toBe('"6"');
  expect(await look(undefined, { 'cache-control': 'max-stale' })).toBe('"6"');
});

test('whoever waits no longer, and whoever has seen another, is for the app to answer', async ({
  looks: { look },
}) => {
  await look();

  expect(await look(undefined, { 'x-request-deadline': String(Date.now() - 1) })).toBe('"2"');
  expect(await look(undefined, { 'if-none-match': '"e1", "e2"' })).toBe('"3"');
  expect(await look(undefined, { 'x-request-deadline': String(Date.now() + 60_000) })).toBe('"3"');
});

test('it says its tag and the age of the queue, and nothing to whoever has it already', async ({
  looks: { ask, look },
}) => {
  await look();

  const again = await ask();
  const known = await ask(undefined, { 'if-none-match': '"e1"' });

  expect(again.headers.etag).toBe('"e1"');
  expect(again.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(again.headers['cache-control']).toBe('no-cache');
  expect(again.headers['x-queue-age-ms']).toBe('7');
  expect(known.statusCode).toBe(304);
  expect(known.headers.etag).toBe('"e1"');
  expect(await known.body.text()).toBe('');
});

test('what is given again is counted and timed under its route', async ({
  looks: { ask, look, metrics },
}) => {
  await look();
  await look();
  await look();
  await ask(undefined, { 'if-none-match': '"e1"' });

  const { values } = await metrics.httpRequests.get();
  const text = await metrics.registry.metrics();
  const timed = text
    .split('\n')
    .find((line) => line.startsWith('http_request_duration_seconds_count') && line.includes('200'));

  expect(Object.fromEntries(values.map(({ labels, value }) => [labels.status, value]))).toEqual({
    200: 2,
    304: 1,
  });
  expect(timed).toMatch(/route="\/looks".* 2$/);
});

test('no more is kept than fits', async ({ looks: { look } }) => {
  const paths = ['/looks?of=a', '/looks?of=b', '/looks?of=c'];
  for (const path of paths) await look(path);

  expect(await look('/looks?of=c')).toBe('"3"');
  expect(await look('/looks?of=a')).toBe('"4"');
});

test('where nothing may be kept, everybody is answered anew', async () => {
  const { look, close } = await startLooks({ keptMs: 0 });

  expect([await look(), await look()]).toEqual(['"1"', '"2"']);
  await close();
});
