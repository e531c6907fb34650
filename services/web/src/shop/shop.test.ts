import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@guichet/contracts/ids';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { createServiceClient } from '@guichet/http/service-client';
import { listening } from '@guichet/testing/listening';
import { expect, onTestFinished, test } from 'vitest';
import { createShop } from './shop.ts';

const timetable = (slots: number) =>
  JSON.stringify({
    organiserId: newId(),
    timeZone: 'Europe/Paris',
    items: Array.from({ length: slots }, () => ({
      slotId: newId(),
      startsAt: '2031-06-04T18:30:00.000Z',
      endsAt: '2031-06-04T20:30:00.000Z',
      remaining: 5,
      state: 'available',
    })),
  });

/** A reservation whose every offering has this timetable, and how often it was asked. */
async function shopOf(answer: string, keptForMs = 600_000) {
  const asked: string[] = [];
  const server = createServer((req, res) => {
    asked.push(req.url ?? '');
    res.setHeader('content-type', 'application/json').end(answer);
  });
  const { url, close } = await listening(server);
  const discovery = createStaticDiscovery(`reservation=${url},catalog=${url}`);
  const reservation = createServiceClient({ service: 'reservation', discovery });
  const catalog = createServiceClient({ service: 'catalog', discovery });
  onTestFinished(async () => {
    await Promise.all([reservation.close(), catalog.close()]);
    await close();
  });
  return { shop: createShop({ catalog, reservation, keptForMs }), asked };
}

test('what many ask for is read once, and again when it is old', async () => {
  const { shop, asked } = await shopOf(timetable(1), 300);
  const offeringId = newId();

  await Promise.all(Array.from({ length: 20 }, () => shop.slots(offeringId)));
  expect(asked).toHaveLength(1);
  await sleep(400);
  await shop.slots(offeringId);

  expect(asked).toHaveLength(2);
});

test('of the longest timetables only the latest are kept', async () => {
  const { shop, asked } = await shopOf(timetable(4_000));
  const offeringIds = Array.from({ length: 60 }, () => newId());
  for (const offeringId of offeringIds) await shop.slots(offeringId);
  const [first = '', last = ''] = [offeringIds[0], offeringIds.at(-1)];

  await shop.slots(last);
  expect(asked).toHaveLength(60);
  await shop.slots(first);
  expect(asked).toHaveLength(61);
});
