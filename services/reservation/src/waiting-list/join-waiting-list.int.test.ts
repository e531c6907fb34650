import { newId } from '@guichet/contracts/ids';
import { Refusal } from '@guichet/contracts/refusal';
import { expect } from 'vitest';
import { facts } from '../reservation-test.ts';
import { refusal } from '../slots/slot-routes-test.ts';
import { counters, giveBack, person, test } from './waiting-list-test.ts';

test('who comes too late waits in the order of coming, and sees how many are before', async ({
  pool,
  reservation,
  soldOut,
}) => {
  const { slot, join } = await soldOut({ bookings: [2] });

  const ada = await join('ada', 2);
  const ben = await join('ben');

  expect(ada.status).toBe(201);
  expect(ada.headers.get('location')).toBe(`/api/waiting-list/${ada.body.id}`);
  expect(ada.body).toMatchObject({ slotId: slot.id, places: 2, status: 'waiting', ahead: 0 });
  expect(ben.body.ahead).toBe(1);
  expect(await counters(pool, slot)).toEqual({ taken: 2, kept: 0, waiting: 2 });
  const { manageToken } = ben.body;
  const seen = await reservation.ask('GET', `/api/waiting-list/${ben.body.id}`, { manageToken });
  expect(seen.body).toMatchObject({ id: ben.body.id, status: 'waiting', ahead: 1, places: 1 });
  const [told] = await facts(pool, ada.body.id);
  expect(told).toMatchObject({
    type: 'waiting_list.joined',
    sequence: 1,
    data: { slotId: slot.id, places: 2, contact: { email: 'ada@example.org' } },
  });
  expect(told?.data.manageToken).toBe(ada.body.manageToken);
});

test('nobody waits for what can be booked, and a party that does not fit may wait', async ({
  pool,
  soldOut,
}) => {
  const { sold, join } = await soldOut({ bookings: [2, 1] });
  await giveBack(pool, sold.slice(1));

  expect(refusal(await join('ada', 1))).toBe('409 places_left');
  expect((await join('ben', 2)).status).toBe(201);
});

test('an address waits once for a slot, however it is written and however often it is sent', async ({
  pool,
  soldOut,
}) => {
  const { slot, join } = await soldOut();

  const both = await Promise.all([join('ada'), join('ADA')]);

  expect(both.map(refusal).sort()).toEqual(['201 undefined', '409 already_waiting']);
  expect((await counters(pool, slot)).waiting).toBe(1);
});

test('the same request is the same entry, with its token, and its key is good for no other', async ({
  pool,
  soldOut,
}) => {
  const { slot, join } = await soldOut();
  const key = newId();
  const send = (name: string) => join(name, 1, { key });

  const [first, atOnce] = await Promise.all([send('ada'), send('ada')]);
  const again = await send('ada');

  expect([first.status, atOnce.status, again.status]).toEqual([201, 201, 201]);
  expect(new Set([first, atOnce, again].map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(refusal(await send('ben'))).toBe('422 idempotency_key_reused');
  expect((await counters(pool, slot)).waiting).toBe(1);
  const kept = JSON.stringify((await pool.query('select * from idempotency_keys')).rows);
  expect(kept).not.toContain(first.body.manageToken);
});

test('more do not wait than may', async ({ pool, soldOut }) => {
  const { slot, join } = await soldOut({ waiting: ['a', 'b', 'c'] });

  expect(refusal(await join('d'))).toBe('409 waiting_list_full');
  expect((await counters(pool, slot)).waiting).toBe(3);
});

test('what is not sold is not waited for either', async ({ pool, reservation, soldOut }) => {
  const { slot, join } = await soldOut();
  const after = async (change: string) => {
    await pool.query(`update slots set ${change} where id = $1`, [slot.id]);
    return refusal(await join('ada'));
  };

  expect(await after(`status = 'closed'`)).toBe('409 slot_closed');
  expect(await after(`status = 'cancelled'`)).toBe('409 slot_cancelled');
  expect(await after(`status = 'open', on_sale_at = now() + interval '1 hour'`)).toBe(
    '409 not_on_sale',
  );
  expect(await after(`on_sale_at = null, starts_at = now() - interval '1 hour'`)).toBe(
    '409 slot_departed',
  );
  const elsewhere = `/api/slots/${newId()}/waiting-list`;
  const json = { party: { adult: 1 }, contact: person('ada') };
  expect(refusal(await reservation.ask('POST', elsewhere, { json }))).toBe('404 slot_not_found');
});

test('a party that could not be booked is refused in the words of its price', async ({
  pool,
  reservation,
  soldOut,
}) => {
  const { slot, join } = await soldOut();
  const refuse = (code: string) => {
    reservation.outside.askQuote = async () => {
      throw new Refusal(code, 'Catalog says why.');
    };
  };

  refuse('party_too_large');
  expect(refusal(await join('ada', 900))).toBe('422 party_too_large');
  refuse('catalog_unavailable');
  expect(refusal(await join('ada'))).toBe('503 catalog_unavailable');
  const unread = await join('ada', 1, { contact: { email: 'nobody' } });
  expect(refusal(unread)).toBe('400 invalid_request');
  expect((await counters(pool, slot)).waiting).toBe(0);
});

test('an entry is seen and left by whoever made it, and by nobody else', async ({
  pool,
  reservation,
  soldOut,
}) => {
  const { slot, entryOf } = await soldOut({ waiting: ['ada', 'ben'] });
  const { id, manageToken } = entryOf('ada');
  const other = entryOf('ben');
  const at = `/api/waiting-list/${id}`;

  expect(refusal(await reservation.ask('GET', at))).toBe('401 authentication_required');
  expect(refusal(await reservation.ask('GET', at, { manageToken: other.manageToken }))).toBe(
    '404 entry_not_found',
  );
  expect(refusal(await reservation.ask('DELETE', at, { manageToken: other.manageToken }))).toBe(
    '404 entry_not_found',
  );
  expect((await reservation.ask('DELETE', at, { manageToken })).status).toBe(204);
  expect(refusal(await reservation.ask('DELETE', at, { manageToken }))).toBe('404 entry_not_found');
  expect((await counters(pool, slot)).waiting).toBe(1);
  const after = await reservation.ask('GET', `/api/waiting-list/${other.id}`, {
    manageToken: other.manageToken,
  });
  expect(after.body.ahead).toBe(0);
});

test('the organiser’s staff see who waits, in order and page by page, and others’ staff no such slot', async ({
  reservation,
  soldOut,
}) => {
  const { slot } = await soldOut({ waiting: ['ada', 'ben', 'cy'] });
  const list = async (token: string, query = '') =>
    reservation.ask('GET', `/api/slots/${slot.id}/waiting-list${query}`, { token });
  const staff = await reservation.staff(slot.organiserId);

  const first = (await list(staff, '?limit=2')).body;
  const rest = (await list(staff, `?limit=2&cursor=${first.nextCursor}`)).body;
  const names = [...first.items, ...rest.items].map(({ contact }) => contact.email.split('@')[0]);
  expect(names).toEqual(['ada', 'ben', 'cy']);
  expect(rest.nextCursor).toBeNull();
  expect(refusal(await list(await reservation.staff(newId())))).toBe('404 slot_not_found');
  expect(refusal(await list(await reservation.customer()))).toBe('403 permission_denied');
  expect(refusal(await list(staff, '?cursor=nowhere'))).toBe('400 invalid_request');
});
