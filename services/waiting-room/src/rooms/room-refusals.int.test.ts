import { newId } from '@guichet/contracts/ids';
import { ServiceUnavailable } from '@guichet/http/service-client';
import { expect } from 'vitest';
import { aPace, type Replica, test } from '../waiting-room-server-test.ts';
import { seedRoom, shiftRoom } from '../waiting-room-test.ts';

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();

const wanted = {
  opensAt: inSeconds(6_000),
  saleAt: inSeconds(7_000),
  closesAt: inSeconds(8_000),
  order: 'first_come',
  expectedBuyers: 2_000,
};

/** Asks for a room in front of an organiser's own offering. */
async function open(
  replica: Replica,
  staff: (organiserId: string) => Promise<string>,
  changes: object = {},
) {
  const [offeringId, organiserId] = [newId(), newId()];
  replica.outside.organisers.set(offeringId, organiserId);
  const json = { offeringId, ...wanted, ...changes };
  return replica.ask('POST', '/api/waiting-rooms', { token: await staff(organiserId), json });
}

test.for([
  ['a sale in the past', { saleAt: inSeconds(-1) }, 422, 'sale_in_the_past'],
  ['waiting after the sale', { opensAt: inSeconds(7_001) }, 422, 'room_times_invalid'],
  ['an end before the sale', { closesAt: inSeconds(6_999) }, 422, 'room_times_invalid'],
  ['a rate of zero', { pacing: { by: 'rate', perMinute: 0 } }, 400, 'invalid_request'],
  ['a rate beyond all', { pacing: { by: 'rate', perMinute: 60_001 } }, 400, 'invalid_request'],
  [
    'a rate above what can be',
    { pacing: { by: 'rate', perMinute: 12_001 } },
    422,
    'rate_above_capacity',
  ],
  ['no buyers', { expectedBuyers: 0 }, 400, 'invalid_request'],
  ['no turn for an address', { turnsPerAddress: 0 }, 400, 'invalid_request'],
  ['an admission of a second', { admissionSeconds: 1 }, 400, 'invalid_request'],
  ['an hour that is none', { saleAt: 'tomorrow' }, 400, 'invalid_request'],
  ['an order that is none', { order: 'richest_first' }, 400, 'invalid_request'],
  ['what nobody knows', { vip: true }, 400, 'invalid_request'],
  ['an offering that is none', { offeringId: newId() }, 404, 'offering_not_found'],
] as const)('refuses %s', async ([, changes, status, code], { pool, replica, staff }) => {
  expect(await open(replica, staff, changes)).toMatchObject({ status, body: { code } });
  expect((await pool.query('select from rooms')).rowCount).toBe(0);
});

test('an offering of somebody else is as good as none', async ({ replica, staff }) => {
  const offeringId = newId();
  replica.outside.organisers.set(offeringId, newId());

  expect(await open(replica, staff, { offeringId })).toMatchObject({
    status: 404,
    body: { code: 'offering_not_found' },
  });
});

test('an offering without places has no room, nor one whose slots are sold later', async ({
  replica,
  staff,
}) => {
  const answers = [
    undefined,
    { ...aPace, placesLeft: 0 },
    { ...aPace, capacity: 0, placesLeft: 0 },
    { ...aPace, onSaleAt: inSeconds(7_500) },
  ];
  const codes = [];
  for (const answer of answers) {
    replica.outside.askPace = async () => answer;
    codes.push((await open(replica, staff)).body.code);
  }
  expect(codes).toEqual([
    'offering_has_no_places',
    'offering_has_no_places',
    'offering_has_no_places',
    'room_times_invalid',
  ]);

  replica.outside.askPace = async () => {
    throw new ServiceUnavailable('reservation did not answer');
  };
  const { status, body, headers } = await open(replica, staff);
  expect([status, body.code]).toEqual([503, 'service_unavailable']);
  expect(headers.get('retry-after')).toBe('2');
});

test('an offering has one room, whoever asks at the same time', async ({
  pool,
  replica,
  staff,
}) => {
  const [offeringId, organiserId] = [newId(), newId()];
  replica.outside.organisers.set(offeringId, organiserId);
  const token = await staff(organiserId);
  const ask = () =>
    replica.ask('POST', '/api/waiting-rooms', { token, json: { offeringId, ...wanted } });

  const answers = await Promise.all(Array.from({ length: 5 }, ask));

  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([201, 409, 409, 409, 409]);
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe('offering_has_room');
  // One that is past is in nobody's way, whether it was closed or not.
  const { rows } = await pool.query('select id from rooms');
  await shiftRoom(pool, rows[0].id, { opensIn: -30, saleIn: -20, closesIn: -10 });
  expect((await ask()).status).toBe(201);
});

test('only its pacing and how many are expected change once people wait', async ({
  pool,
  replica,
  staff,
}) => {
  const { id, organiserId } = await seedRoom(pool);
  const token = await staff(organiserId);
  const change = (json: object) =>
    replica.ask('PATCH', `/api/waiting-rooms/${id}`, { token, json });

  const refused = await change({ saleAt: inSeconds(5_000), turnsPerHolder: 3, expectedBuyers: 9 });
  expect(refused).toMatchObject({ status: 409, body: { code: 'room_has_begun' } });
  expect(refused.body.detail).toContain('turnsPerHolder, saleAt');
  expect(
    (await change({ pacing: { by: 'rate', perMinute: 60 }, expectedBuyers: 9 })).body,
  ).toMatchObject({ pacing: { by: 'rate', perMinute: 60 }, expectedBuyers: 9 });
  expect((await change({ pacing: { by: 'rate', perMinute: 20_000 } })).body.code).toBe(
    'rate_above_capacity',
  );
  expect((await change({})).body.code).toBe('invalid_request');

  await shiftRoom(pool, id, { opensIn: -30, saleIn: -20, closesIn: -10 });
  expect((await change({ pacing: { by: 'measurement' } })).body.code).toBe('room_closed');
});

test('hours that change are looked at as those of a new room', async ({ pool, replica, staff }) => {
  const { id, organiserId } = await seedRoom(pool, { opensIn: 60 });
  const token = await staff(organiserId);
  const codeOf = async (json: object) =>
    (await replica.ask('PATCH', `/api/waiting-rooms/${id}`, { token, json })).body.code;

  expect(await codeOf({ saleAt: inSeconds(-1) })).toBe('sale_in_the_past');
  expect(await codeOf({ saleAt: inSeconds(30) })).toBe('room_times_invalid');
  expect(await codeOf({ closesAt: inSeconds(3_000) })).toBe('room_times_invalid');
  replica.outside.askPace = async () => ({ ...aPace, onSaleAt: inSeconds(5_000) });
  expect(await codeOf({ saleAt: inSeconds(4_000) })).toBe('room_times_invalid');
  expect(await codeOf({ saleAt: inSeconds(6_000) })).toBeUndefined();
});

test('a room is its organiser’s alone, and of staff who may sell', async ({
  pool,
  replica,
  staff,
}) => {
  const { id, organiserId } = await seedRoom(pool);
  const statuses = async (token: string | undefined) => [
    (await replica.ask('PATCH', `/api/waiting-rooms/${id}`, { token, json: { expectedBuyers: 5 } }))
      .status,
    (await replica.ask('POST', `/api/waiting-rooms/${id}/close`, { token })).status,
    (await replica.ask('GET', `/api/waiting-rooms/${id}/report`, { token })).status,
  ];

  expect(await statuses(await staff(newId()))).toEqual([404, 404, 404]);
  expect(await statuses(await staff(organiserId, []))).toEqual([403, 403, 403]);
  expect(await statuses(undefined)).toEqual([401, 401, 401]);
});

test('a room that is none is no room', async ({ replica, staff }) => {
  const token = await staff(newId());
  const path = `/api/waiting-rooms/${newId()}`;
  const codes = [
    await replica.ask('PATCH', path, { token, json: { expectedBuyers: 5 } }),
    await replica.ask('POST', `${path}/close`, { token }),
    await replica.ask('GET', `${path}/report`, { token }),
    await replica.ask('GET', `${path}/line`),
    await replica.ask('GET', `${path}/live`),
  ].map(({ body }) => body.code);

  expect(codes).toEqual(Array.from({ length: 5 }, () => 'room_not_found'));
  expect((await replica.ask('GET', '/api/waiting-rooms/rubbish/line')).body.code).toBe(
    'invalid_request',
  );
});
