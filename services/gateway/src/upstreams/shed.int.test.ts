import { request } from 'node:http';
import type { Operation } from '@guichet/contracts/operation';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { expect, test, vi } from 'vitest';
import { service, startGateway } from '../proxy/forward-test.ts';

const patiently = { timeout: 20_000, interval: 50 };

const to = (addresses: string[], settings: { sheds?: true; connections?: number } = {}) =>
  startGateway(createStaticDiscovery(`reservation=${addresses.join('|')}`), {
    ...(settings.connections && { connections: settings.connections }),
    ...(settings.sheds && { operation: { sheds: settings.sheds } }),
  });

/** A process that says how old its queue is, and whom it has answered. */
async function aProcess(ageMs: number) {
  const known = { ageMs, asked: 0 };
  const url = await service((_, res) => {
    known.asked += 1;
    res.setHeader('x-queue-age-ms', known.ageMs).end();
  });
  return { url, known };
}

const book = (url: string) => fetch(url, { method: 'POST', body: 'a quote' });

test('new work passes by a process whose queue is too old, and no customer is told of ages', async () => {
  const [old, young] = [await aProcess(9_000), await aProcess(10)];
  const { url } = await to([old.url, young.url], { sheds: true });
  await vi.waitFor(async () => {
    await book(url);
    expect(old.known.asked).toBe(1);
  }, patiently);
  const before = young.known.asked;

  const answers = await Promise.all(Array.from({ length: 20 }, () => book(url)));

  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(answers.map(({ headers }) => headers.get('x-queue-age-ms'))).toEqual(Array(20).fill(null));
  // One a second is let through to the old one, to find out; by chance ten would be.
  expect(young.known.asked - before).toBeGreaterThan(15);
});

test('where every process has too old a queue new work is refused unasked, and let in again by itself', async () => {
  const only = await aProcess(9_000);
  const { url, metrics } = await to([only.url], { sheds: true });
  expect((await book(url)).status).toBe(200);

  const refused = await book(url);

  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await refused.json()).toMatchObject({ code: 'busy' });
  expect(only.known.asked).toBe(1);
  expect(await metrics.registry.metrics()).toMatch(/guichet_upstream_shed_total\{.*\} 1\n/);
  expect(await metrics.registry.metrics()).toMatch(/guichet_upstream_queue_age_seconds\{.*\} 9\n/);

  only.known.ageMs = 0;
  await vi.waitFor(async () => expect((await book(url)).status).toBe(200), patiently);
  expect((await book(url)).status).toBe(200);
});

test('what has been begun is never refused for the age of a queue', async () => {
  const only = await aProcess(9_000);
  const { url } = await to([only.url]);

  for (let nth = 0; nth < 3; nth += 1) expect((await book(url)).status).toBe(200);
});

/** A booking whose headers are sent, and whose body is still to come. */
function begin(url: string) {
  const headers = { 'idempotency-key': 'k', 'content-length': '7' };
  const client = request(url, { method: 'POST', headers });
  const status = new Promise<number | undefined>((resolve) => {
    client.on('response', (answer) => resolve(answer.resume().statusCode));
    client.on('error', () => resolve(undefined));
  });
  client.flushHeaders();
  return { status, end: () => client.end('a quote'), leave: () => client.destroy() };
}

test('a bunch of which each finds room when it comes does not overfill the line', async () => {
  const eachMs = 25;
  const slow = await service((_, res) => setTimeout(() => res.end(), eachMs));
  const { url } = await to([slow], { sheds: true, connections: 1 });
  // How fast the line moves is known of those who stood in it.
  await Promise.all(Array.from({ length: 10 }, () => book(url)));

  const bunch = Array.from({ length: 80 }, () => begin(url));
  await book(url);
  for (const { end } of bunch) end();
  const statuses = await Promise.all(bunch.map(({ status }) => status));

  expect(new Set(statuses)).toEqual(new Set([200, 503]));
  // 500 ms of work at 25 ms each, or less where it is slower.
  expect(statuses.filter((status) => status === 200).length).toBeLessThan(40);
});

test('who is on the way into the line counts as if they stood there, however that ends', async () => {
  const slow = await service((_, res) => setTimeout(() => res.end(), 25));
  const { url, shed } = await to([slow], { sheds: true, connections: 1 });
  await Promise.all(Array.from({ length: 10 }, () => book(url)));
  const booking = { service: 'reservation', sheds: true } as Operation;
  const arrived = Promise.withResolvers<void>();
  const turnedAway = async () => {
    await arrived.promise;
    throw new Error('the token is not valid');
  };

  const coming = Array.from({ length: 40 }, (_, nth) =>
    shed.whileComing(booking, () => (nth % 2 ? turnedAway() : arrived.promise)),
  );
  const meanwhile = [shed.refusesAtDoor(booking), shed.refusesInLine(booking)];
  arrived.resolve();
  await Promise.allSettled(coming);

  expect(meanwhile).toEqual([true, false]);
  expect(shed.refusesAtDoor(booking)).toBe(false);
});

test('whoever leaves the line is out of it and no longer in flight, before a connection is free', async () => {
  let asked = 0;
  const silent = await service(() => {
    asked += 1;
  });
  const { url, upstreams } = await to([silent], { connections: 2 });
  const endpoint = upstreams.choose('reservation');
  const come = async (count: number, inFlight: number) => {
    const clients = Array.from({ length: count }, () => begin(url));
    for (const { end } of clients) end();
    await vi.waitFor(() => expect([endpoint?.inFlight, asked]).toEqual([inFlight, 2]), patiently);
    return clients;
  };
  const served = await come(2, 2);
  const waiting = await come(20, 22);
  await vi.waitFor(() => expect(upstreams.queueAgeMs('reservation')).toBeGreaterThan(0), patiently);

  for (const { leave } of waiting) leave();
  await vi.waitFor(() => expect(endpoint?.inFlight).toBe(2), patiently);
  expect(upstreams.queueAgeMs('reservation')).toBe(0);

  for (const { leave } of served) leave();
  await vi.waitFor(() => expect(endpoint?.inFlight).toBe(0), patiently);
});
