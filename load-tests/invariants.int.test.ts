import { join } from 'node:path';
import { databaseTest } from '@guichet/testing/database-test';
import { expect } from 'vitest';
import { wrongNow } from './invariants.ts';

const test = databaseTest(join(import.meta.dirname, '../services/reservation/migrations'));

/** One slot of four places, with a booking of two and somebody who waits. */
const books = `
  insert into offerings (id, organiser_id, status, title, venue, fares, version)
  values (gen_random_uuid(), gen_random_uuid(), 'published', '{}', '{}', '[]', 1);
  insert into slots (id, organiser_id, offering_id, starts_at, ends_at, capacity, taken, waiting)
  select gen_random_uuid(), organiser_id, id, now(), now() + interval '1 hour', 4, 2, 1 from offerings;
  insert into bookings (
    id, reference, organiser_id, offering_id, offering_version, slot_id, places, quote,
    total_cents, tax_cents, currency, hold_expires_at)
  select gen_random_uuid(), 'AAAA-BBBB', organiser_id, offering_id, 1, id, 2, '{}', 0, 0, 'EUR', now()
    from slots;
  insert into booking_keys (scope, key, body_hash, booking_id, hold_expires_at, token_key)
  select 'test', 'one', 'same', id, now(), 1 from bookings;
  insert into waiting_list (
    id, organiser_id, offering_id, slot_id, contact, party, options, places)
  select gen_random_uuid(), organiser_id, offering_id, id, '{"email": "ada@example.org"}', '{}', '[]', 1
    from slots;`;

test('finds nothing wrong with books that are right', async ({ pool }) => {
  expect(await wrongNow(pool)).toEqual([]);
  await pool.query(books);
  expect(await wrongNow(pool)).toEqual([]);
});

/** What PostgreSQL itself would refuse is done with its constraint away. */
test.for([
  [
    'slots sold beyond their capacity',
    `alter table slots drop constraint slots_never_oversold;
     update slots set taken = 6; update bookings set places = 6`,
  ],
  [
    'slots whose counter is not the sum of their bookings and what is kept for who waits',
    'update slots set taken = 3',
  ],
  [
    'slots whose counter is not the sum of their bookings and what is kept for who waits',
    'update slots set kept = 1',
  ],
  ['bookings without a key, or keys without a booking', 'delete from booking_keys'],
  [
    'bookings of more than one key',
    `insert into booking_keys (scope, key, body_hash, booking_id, hold_expires_at, token_key)
     select scope, 'two', body_hash, booking_id, hold_expires_at, token_key from booking_keys`,
  ],
  ['slots whose waiting list is not what they count', 'update slots set waiting = 2'],
  [
    'entries of a waiting list that do not know their booking',
    `update booking_keys set scope = 'waiting list', key = (select id from waiting_list)`,
  ],
  ['bookings that were confirmed without money', `update bookings set status = 'CONFIRMED'`],
] as const)('sees %s', async ([name, harm], { pool }) => {
  await pool.query(books);
  await pool.query(harm);
  expect(await wrongNow(pool)).toEqual([`1 ${name}`]);
});
