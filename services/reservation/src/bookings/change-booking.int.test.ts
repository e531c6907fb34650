import type { BookingView } from '@guichet/contracts/bookings';
import { newId } from '@guichet/contracts/ids';
import type { Pool } from '@guichet/postgres/pool';
import { expect } from 'vitest';
import { type Reservation, test } from '../reservation-server-test.ts';
import { aContact, quoteFor, seedSlot } from '../reservation-test.ts';

const ada = { firstName: 'Ada', lastName: 'Lovelace' };
const mary = { firstName: 'Mary', lastName: 'Somerville' };

/** A booking of two places, and what its owner hears when changing it. */
async function booked(
  reservation: Reservation,
  pool: Pool,
  { names = true, contact = true }: { names?: boolean; contact?: boolean } = {},
) {
  const quote = await reservation.quote(quoteFor(await seedSlot(pool), 2, { names }));
  const { body } = await reservation.ask('POST', '/api/bookings', {
    key: newId(),
    json: { quote, ...(contact ? { contact: aContact } : {}) },
  });
  const path = `/api/bookings/${body.id}`;
  const { manageToken } = body;
  const change = (json: unknown) => reservation.ask('PATCH', path, { manageToken, json });
  return {
    id: body.id as string,
    change,
    refusalOf: async (json: unknown) => {
      const { status, body: problem } = await change(json);
      return `${status} ${problem.code}`;
    },
    show: async (): Promise<BookingView> =>
      (await reservation.ask('GET', path, { manageToken })).body,
  };
}

test('attendees are named one for each place, in order, and renamed', async ({
  pool,
  reservation,
}) => {
  const { change, show } = await booked(reservation, pool);
  expect(await show()).toMatchObject({ asksNames: true, attendees: [], places: 2 });

  const spaced = { firstName: '  Ada ', lastName: ' Lovelace\n' };
  expect(await change({ attendees: [spaced, mary] })).toMatchObject({
    status: 200,
    body: { attendees: [ada, mary], contact: aContact, version: 2 },
  });
  await change({ attendees: [mary, ada] });

  expect(await show()).toMatchObject({ attendees: [mary, ada], contact: aContact });
});

test('attendees that are not as many as the places, or not asked for, change nothing', async ({
  pool,
  reservation,
}) => {
  const asking = await booked(reservation, pool);
  const silent = await booked(reservation, pool, { names: false });
  const contact = { ...aContact, lastName: 'Byron' };

  for (const attendees of [[], [ada], [ada, mary, ada]]) {
    expect(await asking.refusalOf({ contact, attendees })).toBe('422 attendees_mismatch');
  }
  for (const attendees of [[], [ada, mary]]) {
    expect(await silent.refusalOf({ contact, attendees })).toBe('422 attendees_not_asked');
  }
  const { body } = await asking.change({ attendees: [ada] });
  expect(body.detail).toContain('there are 2, and 1 came');
  for (const { show } of [asking, silent]) {
    expect(await show()).toMatchObject({ contact: aContact, attendees: [], version: 1 });
  }
});

test('a change that is none, or wrong, is refused', async ({ pool, reservation }) => {
  const { refusalOf, show } = await booked(reservation, pool);
  const wrong: unknown[] = [
    {},
    { attendees: null },
    { attendees: [ada, { ...mary, firstName: '   ' }] },
    { attendees: [ada, { ...mary, lastName: 'x'.repeat(101) }] },
    { attendees: [ada, { firstName: 'Mary' }] },
    { attendees: [ada, { ...mary, email: 'mary@example.org' }] },
    { attendees: Array(51).fill(ada) },
    { language: 'pt' },
    { language: 'fr', contact: aContact },
    { acceptedTerms: null },
    { acceptedTerms: '' },
    { acceptedTerms: 'x'.repeat(41) },
    { status: 'CONFIRMED' },
  ];

  for (const json of wrong) {
    expect(await refusalOf(json), JSON.stringify(json)).toBe('400 invalid_request');
  }
  expect(await show()).toMatchObject({ attendees: [], version: 1 });
});

test('fifty of the longest names, each letter escaped, fit in a request', async ({
  pool,
  reservation,
}) => {
  const { manageToken, id } = (
    await reservation.ask('POST', '/api/bookings', {
      key: newId(),
      json: {
        quote: await reservation.quote(
          quoteFor(await seedSlot(pool, { capacity: 50 }), 50, { names: true }),
        ),
      },
    })
  ).body;
  const escaped = `"${'\\u5b57'.repeat(100)}"`;
  const attendees = Array(50).fill(`{"firstName":${escaped},"lastName":${escaped}}`);

  const answer = await reservation.ask('PATCH', `/api/bookings/${id}`, {
    manageToken,
    raw: { type: 'application/json', text: `{"attendees":[${attendees}]}` },
  });

  expect(answer.status).toBe(200);
  expect(answer.body.attendees).toHaveLength(50);
  expect(answer.body.attendees[49].lastName).toBe('字'.repeat(100));
});

test('names may be corrected after confirmation until the slot departs, the contact for longer', async ({
  pool,
  reservation,
}) => {
  const { id, change, refusalOf, show } = await booked(reservation, pool);
  await change({ attendees: [ada, ada] });
  await pool.query(`update bookings set status = 'CONFIRMED' where id = $1`, [id]);

  expect((await change({ attendees: [ada, mary] })).status).toBe(200);
  await pool.query('update slots set starts_at = now()');
  expect(await refusalOf({ attendees: [mary, ada] })).toBe('409 slot_departed');
  expect(await refusalOf({ contact: aContact, attendees: [mary, ada] })).toBe('409 slot_departed');
  expect((await change({ language: 'de' })).status).toBe(200);

  const contact = { ...aContact, language: 'de' };
  expect(await show()).toMatchObject({ attendees: [ada, mary], contact });
  await pool.query(`update bookings set status = 'NO_SHOW' where id = $1`, [id]);
  expect(await refusalOf({ attendees: [mary, ada] })).toBe('409 booking_ended');
});

test('the language is changed without repeating the contact, where there is one', async ({
  pool,
  reservation,
}) => {
  const { change, show, refusalOf } = await booked(reservation, pool, { contact: false });
  expect(await refusalOf({ language: 'fr' })).toBe('409 contact_missing');
  expect(await refusalOf({ language: 'fr', attendees: [ada, mary] })).toBe('409 contact_missing');
  expect(await show()).toMatchObject({ contact: null, attendees: [] });

  const contact = { ...aContact, phone: '+33 1 23 45 67 89' };
  await change({ contact });
  expect(await change({ language: 'it', attendees: [ada, mary] })).toMatchObject({
    status: 200,
    body: { contact: { ...contact, language: 'it' }, attendees: [ada, mary] },
  });
});

test('the buyer accepts the terms that were quoted, once and for all, and no other', async ({
  pool,
  reservation,
}) => {
  const { id, change, show, refusalOf } = await booked(reservation, pool, { contact: false });
  expect(await show()).toMatchObject({
    termsVersion: '1',
    acceptedTerms: null,
    termsAcceptedAt: null,
  });
  for (const acceptedTerms of ['2', '1.0', ' 1']) {
    expect(await refusalOf({ contact: aContact, acceptedTerms })).toBe('422 terms_mismatch');
  }
  expect(await show()).toMatchObject({ contact: null, acceptedTerms: null, version: 1 });

  const { status, body } = await change({ acceptedTerms: '1' });
  expect([status, body.acceptedTerms]).toEqual([200, '1']);
  expect(Math.abs(Date.parse(body.termsAcceptedAt) - Date.now())).toBeLessThan(60_000);
  await pool.query(`update bookings set terms_accepted_at = terms_accepted_at - interval '1 hour'`);
  const accepted = await show();
  await change({ contact: aContact });
  await change({ acceptedTerms: '1' });

  const { acceptedTerms, termsAcceptedAt } = await show();
  expect({ acceptedTerms, termsAcceptedAt }).toEqual({
    acceptedTerms: '1',
    termsAcceptedAt: accepted.termsAcceptedAt,
  });
  await pool.query(`update bookings set status = 'CANCELLED' where id = $1`, [id]);
  expect(await refusalOf({ acceptedTerms: '1' })).toBe('409 booking_ended');
});

test('a stranger hears nothing of what a booking asks', async ({ pool, reservation }) => {
  const { id } = await booked(reservation, pool);

  expect(
    await reservation.ask('PATCH', `/api/bookings/${id}`, {
      manageToken: 'AQ',
      json: { attendees: [ada] },
    }),
  ).toMatchObject({ status: 404, body: { code: 'booking_not_found' } });
});

test('the database keeps no acceptance of other terms, nor one without its time', async ({
  pool,
  reservation,
}) => {
  await booked(reservation, pool);
  const accept = (terms: string, at: string) =>
    pool.query(`update bookings set accepted_terms = '${terms}', terms_accepted_at = ${at}`);

  await expect(accept('2', 'now()')).rejects.toMatchObject({
    constraint: 'bookings_accept_their_own_terms',
  });
  await expect(accept('1', 'null')).rejects.toMatchObject({
    constraint: 'bookings_accept_at_a_time',
  });
  await expect(accept('1', 'now()')).resolves.toMatchObject({ rowCount: 1 });
});

test('the database keeps no number of names but none and one for each place', async ({
  pool,
  reservation,
}) => {
  const { id } = await booked(reservation, pool);
  const name = (attendees: object[]) =>
    pool.query('update bookings set attendees = $2 where id = $1', [id, JSON.stringify(attendees)]);

  await expect(name([ada])).rejects.toMatchObject({ constraint: 'bookings_name_every_place' });
  await expect(name([ada, mary])).resolves.toMatchObject({ rowCount: 1 });
});
