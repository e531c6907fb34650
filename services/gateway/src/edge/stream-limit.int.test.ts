import { createServer } from 'node:http';
import { type Problem, sendProblem } from '@guichet/http/problem';
import { listening } from '@guichet/testing/listening';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createStreamLimit } from './stream-limit.ts';

const patience = { timeout: 20_000, interval: 20 };

/** A server that streams to whoever it lets in; a client says itself which address it has. */
async function start(live: { streamsPerAddress: number }) {
  const limit = createStreamLimit(() => live);
  const server = createServer((req, res) => {
    try {
      limit.enter(res, String(req.headers['x-address']));
      res.writeHead(200).write('begun');
    } catch (error) {
      sendProblem(res, error as Problem);
    }
  });
  const { url, close } = await listening(server);
  onTestFinished(close);

  return async (address: string) => {
    const leaving = new AbortController();
    onTestFinished(() => leaving.abort());
    const answer = await fetch(url, {
      headers: { 'x-address': address },
      signal: leaving.signal,
    });
    return { answer, status: answer.status, leave: () => leaving.abort() };
  };
}

test('an address has so many streams open and no more, and others theirs', async () => {
  const listen = await start({ streamsPerAddress: 2 });
  await listen('192.0.2.1');
  await listen('192.0.2.1');

  const { answer } = await listen('192.0.2.1');
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await answer.json()).toMatchObject({ code: 'too_many_requests' });
  expect((await listen('192.0.2.2')).status).toBe(200);
});

test('who leaves in the middle of a stream makes room for the next', async () => {
  const listen = await start({ streamsPerAddress: 1 });
  const first = await listen('192.0.2.1');
  expect((await listen('192.0.2.1')).status).toBe(429);

  first.leave();

  await vi.waitFor(async () => expect((await listen('192.0.2.1')).status).toBe(200), patience);
});

test('a household of IPv6 is one address', async () => {
  const listen = await start({ streamsPerAddress: 1 });
  await listen('2001:db8:1:2::1');

  expect((await listen('2001:db8:1:2::ffff')).status).toBe(429);
  expect((await listen('2001:db8:1:3::1')).status).toBe(200);
});

test('a limit that changes counts from the next stream on', async () => {
  const live = { streamsPerAddress: 1 };
  const listen = await start(live);
  await listen('192.0.2.1');

  live.streamsPerAddress = 2;

  expect((await listen('192.0.2.1')).status).toBe(200);
  expect((await listen('192.0.2.1')).status).toBe(429);
});
