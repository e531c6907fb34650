import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { bookingId, patienceMs, useGateway } from './gateway-test.ts';

const { now, start, call } = useGateway();

describe('limits bite', () => {
  test('sign-ins by address, long before other calls', async () => {
    const signIn = () =>
      call('/api/auth/login', { 'content-type': 'application/json' }, 'POST', '{}');
    const answers = [await signIn(), await signIn(), await signIn(), await signIn()];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await call('/api/offerings')).status).toBe(200);
  });

  test('any call by address', async () => {
    await start({ limits: { requestsPerSecond: 1, signInsPerMinute: 100 } });
    const statuses = [];
    for (let nth = 0; nth < 12; nth += 1) statuses.push((await call('/api/offerings')).status);

    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(200));
    expect(statuses.slice(10)).toEqual([429, 429]);
  });

  test('headers', async () => {
    expect((await call('/api/offerings', { 'x-large': 'x'.repeat(5_000) })).status).toBe(431);
    expect(now.seen).toHaveLength(0);
  });

  test('a sender that takes too long', async () => {
    await start({ requestTimeoutMs: 1_000 });
    const { hostname, port } = new URL(now.base);
    const socket = connect(Number(port), hostname);
    socket.write('POST /api/bookings HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
    const closed = once(socket, 'close');
    socket.resume().on('error', () => {});

    await expect(Promise.race([closed, sleep(patienceMs, 'still open')])).resolves.not.toBe(
      'still open',
    );
  });
});

describe('what streams', () => {
  const live = `/api/offerings/${bookingId}/live`;
  const firstOf = async (answer: Response) => {
    const reader = answer.body?.getReader();
    return { reader, text: Buffer.from((await reader?.read())?.value ?? []).toString() };
  };

  test('is one call to the limit of its address, and has no deadline', async () => {
    const upstreamTimeoutMs = 4_000;
    await start({ limits: { requestsPerSecond: 0.2, signInsPerMinute: 3 }, upstreamTimeoutMs });
    const { reader, text } = await firstOf(await call(live));
    const more = reader?.read();

    expect(text).toBe(': begun\n\n');
    expect([(await call('/api/offerings')).status, (await call('/api/offerings')).status]).toEqual([
      200, 429,
    ]);
    const past = sleep(upstreamTimeoutMs + 500, 'still open');
    expect(await Promise.race([more, past])).toBe('still open');
    await reader?.cancel();
  });

  test('of one address only so many are open at once, and its calls pass all the same', async () => {
    const open = await Promise.all([firstOf(await call(live)), firstOf(await call(live))]);

    expect((await call(live)).status).toBe(429);
    expect((await call('/api/offerings')).status).toBe(200);
    expect(now.seen.filter(({ url }) => url === live)).toHaveLength(2);
    await Promise.all(open.map(({ reader }) => reader?.cancel()));
  });

  test('asks nobody who they are, and is counted without the time that it lasted', async () => {
    const metrics = await start();
    const answer = await call(live, { authorization: 'Bearer bad' });
    await (await firstOf(answer)).reader?.cancel();

    expect(answer.status).toBe(200);
    const textOf = (name: string) => metrics.registry.getSingleMetricAsString(name);
    await expect
      .poll(() => textOf('http_requests_total'))
      .toContain('route="/api/offerings/{id}/live"');
    expect(await textOf('http_request_duration_seconds')).not.toContain('/live');
  });
});
