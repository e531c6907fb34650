import { newId } from '@guichet/contracts/ids';
import { builtInRoles } from '@guichet/contracts/permissions';
import type { Pool } from '@guichet/postgres/pool';
import { expect } from 'vitest';
import { type Ask, type Reservation, test } from '../reservation-server-test.ts';
import { aContact, quoteFor, seedSlot } from '../reservation-test.ts';

/** Everybody who may stand before a booking of a signed-in customer. */
async function visitors(reservation: Reservation, pool: Pool) {
  const [mine, theirs] = [await seedSlot(pool), await seedSlot(pool)];
  const customerId = newId();
  const place = async (slot: typeof mine, token?: string) => {
    const { body } = await reservation.ask('POST', '/api/bookings', {
      key: newId(),
      token,
      json: {
        quote: await reservation.quote(quoteFor(slot, 1, { names: true })),
        contact: aContact,
      },
    });
    return body as { id: string; manageToken: string };
  };
  const booking = await place(mine, await reservation.customer(customerId));
  const other = await place(theirs);
  const { employee, manager } = builtInRoles;

  const asks: Record<string, Ask> = {
    nobody: {},
    'its manage token': { manageToken: booking.manageToken },
    'another manage token': { manageToken: other.manageToken },
    'its customer': { token: await reservation.customer(customerId) },
    'another customer': { token: await reservation.customer() },
    'an employee': { token: await reservation.staff(mine.organiserId, employee) },
    'a manager': { token: await reservation.staff(mine.organiserId, manager) },
    'an employee who may only read': {
      token: await reservation.staff(mine.organiserId, ['bookings:read']),
    },
    'an employee without permissions': { token: await reservation.staff(mine.organiserId, []) },
    'an admin of another organiser': { token: await reservation.staff(theirs.organiserId) },
    'a service': { token: await reservation.service() },
  };
  return { booking, asks, mine, customerId };
}

const reads = [
  ['GET', ''],
  ['GET', '/cancellation'],
  ['GET', '/pass'],
  ['GET', '/pass?attendee=1'],
] as const;
const writes = [
  ['PATCH', '', { contact: aContact }],
  ['PATCH', '', { language: 'fr' }],
  ['PATCH', '', { attendees: [{ firstName: 'Ada', lastName: 'Lovelace' }] }],
  ['PATCH', '', { acceptedTerms: '1' }],
  ['POST', '/extend'],
  ['POST', '/resend'],
  ['POST', '/cancel'],
] as const;

/** What each may do: `-` hears 404 as for a booking that does not exist. */
const matrix: Record<string, { read: number | 'ok'; write: number | 'ok' }> = {
  nobody: { read: 401, write: 401 },
  'its manage token': { read: 'ok', write: 'ok' },
  'another manage token': { read: 404, write: 404 },
  'its customer': { read: 'ok', write: 'ok' },
  'another customer': { read: 404, write: 404 },
  'an employee': { read: 'ok', write: 'ok' },
  'a manager': { read: 'ok', write: 'ok' },
  'an employee who may only read': { read: 'ok', write: 403 },
  'an employee without permissions': { read: 404, write: 404 },
  'an admin of another organiser': { read: 404, write: 404 },
  'a service': { read: 403, write: 403 },
};

test('a booking is reached by its token, its customer and its organiser’s staff alone', async ({
  pool,
  reservation,
}) => {
  const { booking, asks } = await visitors(reservation, pool);
  const statusOf = async (who: Ask, method: string, act: string, json?: unknown) => {
    const path = `/api/bookings/${booking.id}${act}`;
    const { status, body } = await reservation.ask(method, path, {
      ...who,
      ...(json ? { json } : {}),
    });
    return { status, code: body?.code };
  };

  for (const [name, who] of Object.entries(asks)) {
    const expected = matrix[name] ?? { read: 0, write: 0 };
    for (const [method, act, json] of [...reads, ...writes]) {
      const { status, code } = await statusOf(who, method, act, json);
      const wanted = method === 'GET' ? expected.read : expected.write;
      const label = `${name}: ${method} ${act}`;
      // Whoever reaches the booking hears 200, or a conflict about its state.
      if (wanted === 'ok') expect([200, 409], label).toContain(status);
      else expect(status, label).toBe(wanted);
      if (wanted === 404) expect(code, label).toBe('booking_not_found');
    }
  }
});

test('a list shows one’s own bookings, or those of the organiser that one acts for', async ({
  pool,
  reservation,
}) => {
  const { booking, asks, mine } = await visitors(reservation, pool);
  const idsFor = async (name: string) => {
    const { status, body } = await reservation.ask('GET', '/api/bookings', asks[name]);
    return status === 200 ? body.items.map(({ id }: { id: string }) => id) : status;
  };

  expect(await idsFor('its customer')).toEqual([booking.id]);
  expect(await idsFor('another customer')).toEqual([]);
  expect(await idsFor('an employee')).toEqual([booking.id]);
  expect(await idsFor('an employee without permissions')).toBe(403);
  expect(await idsFor('an admin of another organiser')).toHaveLength(1);
  expect(await idsFor('nobody')).toBe(401);
  expect(await idsFor('its manage token')).toBe(401);
  expect(await idsFor('a service')).toBe(403);
  expect(mine.organiserId).not.toBe('');
});

test('a list is filtered and comes in pages, the newest first', async ({ pool, reservation }) => {
  const organiserId = newId();
  const soon = await seedSlot(pool, { organiserId, startsAt: new Date('2031-01-01T10:00:00Z') });
  const late = await seedSlot(pool, { organiserId, startsAt: new Date('2031-06-01T10:00:00Z') });
  const ids: string[] = [];
  for (const [slot, lastName] of [
    [soon, 'Ampère'],
    [late, '100%_Sure'],
    [late, 'Curie'],
  ] as const) {
    const { body } = await reservation.ask('POST', '/api/bookings', {
      key: newId(),
      json: {
        quote: await reservation.quote(quoteFor(slot)),
        contact: { ...aContact, lastName, email: `${ids.length}@example.org` },
      },
    });
    ids.unshift(body.id);
  }
  await pool.query(`update bookings set status = 'CONFIRMED' where id = $1`, [ids[0]]);
  const token = await reservation.staff(organiserId);
  const list = async (query: Record<string, string>) => {
    const path = `/api/bookings?${new URLSearchParams(query)}`;
    const { body } = await reservation.ask('GET', path, { token });
    return { ids: body.items.map(({ id }: { id: string }) => id), next: body.nextCursor };
  };
  const reference = async (id: string | undefined) =>
    (await pool.query('select reference from bookings where id = $1', [id])).rows[0].reference;

  expect(await list({})).toEqual({ ids, next: null });
  expect((await list({ slotId: soon.id })).ids).toEqual([ids[2]]);
  expect((await list({ from: '2031-03-01T00:00:00Z' })).ids).toEqual(ids.slice(0, 2));
  expect((await list({ to: '2031-06-01T10:00:00Z' })).ids).toEqual([ids[2]]);
  expect((await list({ status: 'CONFIRMED' })).ids).toEqual([ids[0]]);
  expect((await list({ q: 'curi' })).ids).toEqual([ids[0]]);
  expect((await list({ q: '1@EXAMPLE' })).ids).toEqual([ids[1]]);
  expect((await list({ q: '100%_' })).ids).toEqual([ids[1]]);
  expect((await list({ q: '%' })).ids).toEqual([]);
  const spoken = (await reference(ids[2])).replace('-', '').toLowerCase();
  expect((await list({ q: spoken })).ids).toEqual([ids[2]]);

  const first = await list({ limit: '2' });
  expect(first.ids).toEqual(ids.slice(0, 2));
  expect(await list({ limit: '2', cursor: first.next })).toEqual({
    ids: ids.slice(2),
    next: null,
  });
  expect(await reservation.ask('GET', '/api/bookings?cursor=rubbish', { token })).toMatchObject({
    status: 400,
    body: { code: 'invalid_request' },
  });
});
