import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Listening, listening } from '@guichet/testing/listening';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createServiceToken } from './service-token.ts';

const expiresInMs = 300_000;
let running: Listening;
let tokenUrl = '';
let asked: { type: string | undefined; body: string }[] = [];
let failing = false;
const clock = { now: 0 };

async function answer(req: IncomingMessage): Promise<[number, object]> {
  asked.push({ type: req.headers['content-type'], body: await text(req) });
  if (failing) return [503, {}];
  return [200, { access_token: `t${asked.length}`, expires_in: expiresInMs / 1_000 }];
}

beforeAll(async () => {
  const server = createServer(async (req, res) => {
    const [status, body] = await answer(req);
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  running = await listening(server);
  tokenUrl = `${running.url}/token`;
});
afterAll(() => running.close());
beforeEach(() => {
  asked = [];
  failing = false;
});

const tokens = () =>
  createServiceToken({
    tokenUrl,
    clientId: 'payment',
    clientSecret: 's&cret',
    now: () => clock.now,
  });

test('asks by client credentials, once for all who want it at the same time and after', async () => {
  const token = tokens();

  expect(await Promise.all([token(), token(), token()])).toEqual(['t1', 't1', 't1']);
  expect(await token()).toBe('t1');
  expect(asked).toEqual([
    {
      type: 'application/x-www-form-urlencoded',
      body: 'grant_type=client_credentials&client_id=payment&client_secret=s%26cret',
    },
  ]);
});

test('asks anew before the token ends, so that none ends under way', async () => {
  const token = tokens();
  await token();

  clock.now += expiresInMs - 31_000;
  expect(await token()).toBe('t1');
  clock.now += 2_000;
  expect(await token()).toBe('t2');
});

test('a failure is not kept: the next call asks again', async () => {
  const token = tokens();
  failing = true;
  await expect(token()).rejects.toThrow('identity gave payment no token: 503');
  failing = false;

  expect(await token()).toBe('t2');
});
