import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { newId } from '@guichet/contracts/ids';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { createServiceClient } from '@guichet/http/service-client';
import { listening } from '@guichet/testing/listening';
import { expect, onTestFinished, test } from 'vitest';
import { askQuote } from './ask-quote.ts';

/** Catalog over HTTP, answering one thing. */
async function catalog(status: number, answer: object) {
  const asked: unknown[] = [];
  const server = await listening(
    createServer(async (req, res) => {
      asked.push({ url: req.url, body: JSON.parse(await text(req)) });
      const type = status < 400 ? 'application/json' : 'application/problem+json';
      res.writeHead(status, { 'content-type': type }).end(JSON.stringify(answer));
    }),
  );
  const discovery = createStaticDiscovery(`catalog=${server.url}`);
  const client = createServiceClient({ service: 'catalog', discovery });
  onTestFinished(async () => {
    await client.close();
    await server.close();
  });
  return { ask: askQuote(client), asked };
}

const entry = {
  ...{ id: newId(), offeringId: newId(), slotId: newId() },
  ...{ party: { adult: 2 }, options: [{ code: 'lunch', quantity: 1 }], places: 2 },
};
const priced = {
  ...{ quote: 'a-quote-that-is-long-enough', lines: [], taxCents: 0, totalCents: 5_000 },
  ...{ currency: 'EUR', expiresAt: '2031-01-01T00:00:00Z' },
};
const problem = (status: number, code: string) => ({
  type: 'about:blank',
  title: 'No',
  status,
  code,
});

test('catalog is told what is wanted of which slot, and nothing of who waits', async () => {
  const { ask, asked } = await catalog(200, priced);

  expect(await ask(entry)).toBe(priced.quote);
  expect(asked).toEqual([
    {
      url: `/api/offerings/${entry.offeringId}/quotes`,
      body: { slotId: entry.slotId, party: entry.party, options: entry.options },
    },
  ]);
});

test('why catalog does not price it is refused in its words', async () => {
  const { ask } = await catalog(422, problem(422, 'fare_unknown'));

  await expect(ask(entry)).rejects.toMatchObject({ name: 'Refusal', code: 'fare_unknown' });
});

test('a catalogue that is away is told apart from one that refuses', async () => {
  const away = await catalog(503, problem(503, 'service_unavailable'));
  const odd = await catalog(400, problem(400, 'invalid_request'));

  await expect(away.ask(entry)).rejects.toMatchObject({ code: 'catalog_unavailable' });
  await expect(odd.ask(entry)).rejects.toMatchObject({ name: 'ServiceProblem' });
});
