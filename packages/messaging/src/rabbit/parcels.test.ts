import { expect, test } from 'vitest';
import type { WrittenMessage } from '../message.ts';
import { pack } from './parcels.ts';

const fact = (type: string, nth: number): WrittenMessage => ({
  specversion: '1.0',
  id: `fact-${nth}`,
  source: 'guichet/test',
  type,
  subject: `subject-${nth}`,
  time: '2026-07-01T08:00:00.000Z',
  sequence: 1,
  datacontenttype: 'application/json',
  data: `{"nth":${nth}}`,
});

test('what some service needs goes alone, the rest in lists by type, and each knows who is in it', () => {
  const types = ['booking.placed', 'booking.confirmed', 'slot.sold_out', 'booking.placed'];

  const parcels = pack(types.map(fact));

  const told = parcels.map(({ envelope: { routingKey, messageId, optional }, members }) => ({
    routingKey,
    messageId,
    optional,
    members,
  }));
  expect(told).toEqual([
    { routingKey: 'booking.confirmed', messageId: 'fact-1', members: [1] },
    { routingKey: 'booking.placed', messageId: 'fact-0', optional: true, members: [0, 3] },
    { routingKey: 'slot.sold_out', messageId: 'fact-2', optional: true, members: [2] },
  ]);
  const [, placed] = parcels.map(({ envelope }) => JSON.parse(String(envelope.content)));
  expect(placed).toMatchObject([
    { id: 'fact-0', data: { nth: 0 } },
    { id: 'fact-3', data: { nth: 3 } },
  ]);
});

test('no list is longer than what a consumer reads at once', () => {
  const facts = Array.from({ length: 150 }, (_, nth) => fact('booking.placed', nth));

  const parcels = pack(facts);

  expect(parcels.map(({ members }) => members.length)).toEqual([64, 64, 22]);
  expect(parcels.flatMap(({ members }) => members)).toEqual(facts.map((_, nth) => nth));
});
