import { createServer } from 'node:http';
import { join } from 'node:path';
import { lineView } from '@guichet/contracts/lines';
import { listening } from '@guichet/testing/listening';
import { askManagement, onPort, startServiceProcess } from '@guichet/testing/service-process';
import { createVhost } from '@guichet/testing/vhost';
import { startOwnValkey } from '@guichet/valkey/valkey-server-test';
import { expect, onTestFinished, vi } from 'vitest';
import { aPace } from './waiting-room-server-test.ts';
import { callsOf, lineOf, seedRoom, seedTurns, test } from './waiting-room-test.ts';

const patience = { timeout: 60_000, interval: 100 };
const key = Buffer.alloc(32, 7).toString('base64');

/** identity, which gives tokens, and reservation, which says how placing goes. */
async function startHouse(): Promise<string> {
  const answers: Record<string, unknown> = {
    '/token': { access_token: 'a.b.c', token_type: 'Bearer', expires_in: 300 },
  };
  const server = createServer((req, res) => {
    req.resume().on('end', () => {
      res.setHeader('content-type', 'application/json');
      res.end(JSON.stringify(answers[req.url ?? ''] ?? aPace));
    });
  });
  const house = await listening(server);
  onTestFinished(house.close);
  return house.url;
}

test('a replica that is killed while it calls is followed by another, and nobody is passed over', async ({
  pool,
  databaseUrl,
}) => {
  const [house, vhost, valkey] = [await startHouse(), await createVhost(), await startOwnValkey()];
  onTestFinished(vhost.drop);
  const start = async () => {
    const replica = startServiceProcess(join(import.meta.dirname, 'main.ts'), {
      ISSUER_URL: house,
      JWKS_URL: house,
      TOKEN_URL: `${house}/token`,
      SERVICE_CLIENT_ID: 'waiting-room',
      SERVICE_CLIENT_SECRET: 'a-secret-of-some-length',
      SERVICES: `catalog=${house},reservation=${house}`,
      DATABASE_URL: databaseUrl,
      MESSAGES_URL: vhost.url,
      SEALING_KEY: key,
      LINE_TOKEN_KEYS: `1:${key}`,
      VALKEY_URL: valkey.url,
      // A machine that is busy is late with a tick; a lease is long enough for that.
      TICK_MS: '200',
      LEASE_MS: '2000',
    });
    const { port, managementPort } = await replica.lineWith('is listening');
    const line = async () =>
      lineView.parse(await (await fetch(`${onPort(port)}/api/waiting-rooms/${id}/line`)).json())
        .calledUpTo;
    return { ...replica, line, managementPort };
  };
  const { id } = await seedRoom(pool, { saleIn: -1, pacing: { by: 'rate', perMinute: 600 } });
  await seedTurns(pool, id, 10_000);

  const one = await start();
  await vi.waitFor(async () => expect(await one.line()).toBeGreaterThan(0), patience);
  const two = await start();
  await vi.waitFor(async () => expect(await two.line()).toBeGreaterThan(0), patience);
  const { keeper: first } = await lineOf(pool, id);
  one.child.kill('SIGKILL');
  await one.exited;
  const { called_up_to: atDeath } = await lineOf(pool, id);

  await vi.waitFor(async () => expect(await two.line()).toBeGreaterThan(atDeath), patience);
  expect((await lineOf(pool, id)).keeper).not.toBe(first);
  const { rows } = await pool.query<{ pause: number }>(
    `select extract(epoch from max(pause)) * 1000 as pause
       from (select called_at - lag(called_at) over (order by up_to) as pause from calls) calls`,
  );
  expect(Number(rows[0]?.pause)).toBeGreaterThan(1_000);
  expect(Number(rows[0]?.pause)).toBeLessThan(10_000);
  const calls = await callsOf(pool, id);
  expect(calls).toEqual([...calls].sort((a, b) => a - b));

  expect((await askManagement(two.managementPort, '/health/ready'))[0]).toBe(200);
  two.child.kill('SIGTERM');
  expect(await two.exited).toEqual([0, null]);
  // Whoever comes next begins at once.
  expect((await lineOf(pool, id)).keeper).toBeNull();
  expect(two.log.filter(({ level }) => level === 'error')).toEqual([]);
});
