import { newId } from '@guichet/contracts/ids';
import { messageSchemas } from '@guichet/contracts/messages';
import { expect } from 'vitest';
import { test } from '../reservation-server-test.ts';
import { facts, manageTokens, placed, quoteFor, seedSlot } from '../reservation-test.ts';

const refusal = ({ status, body }: { status: number; body: { code: string } }) =>
  `${status} ${body.code}`;

test('who bought as a guest makes the booking their own, with both credentials', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool);
  const id = await placed(pool, quoteFor(slot));
  const customerId = newId();
  const token = await reservation.customer(customerId);
  const manageToken = manageTokens.make(id);
  const list = async () => (await reservation.ask('GET', '/api/bookings', { token })).body.items;
  expect(await list()).toEqual([]);

  const claim = () => reservation.ask('POST', `/api/bookings/${id}/claim`, { token, manageToken });
  expect(await claim()).toMatchObject({ status: 200, body: { id, version: 2 } });
  expect(await list()).toMatchObject([{ id }]);
  expect(await reservation.ask('GET', `/api/bookings/${id}`, { token })).toMatchObject({
    status: 200,
  });
  // Again it is the same, and nothing new.
  expect(await claim()).toMatchObject({ status: 200, body: { id, version: 2 } });

  const audited = (await facts(pool, id)).filter(({ type }) => type === 'audit.recorded');
  expect(audited).toHaveLength(1);
  expect(messageSchemas['audit.recorded'].parse(audited[0]?.data)).toMatchObject({
    actorId: customerId,
    organiserId: slot.organiserId,
    action: 'booking.claimed',
    target: id,
  });
});

test('the one credential is not enough, nor is the token of another booking', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool);
  const [id, other] = [await placed(pool, quoteFor(slot)), await placed(pool, quoteFor(slot))];
  const token = await reservation.customer();
  const claim = async (ask: object, of = id) =>
    refusal(await reservation.ask('POST', `/api/bookings/${of}/claim`, ask));

  expect(await claim({})).toBe('401 authentication_required');
  expect(await claim({ manageToken: manageTokens.make(id) })).toBe('401 authentication_required');
  expect(await claim({ token })).toBe('404 booking_not_found');
  expect(await claim({ token, manageToken: manageTokens.make(other) })).toBe(
    '404 booking_not_found',
  );
  expect(await claim({ token, manageToken: manageTokens.make(id) }, newId())).toBe(
    '404 booking_not_found',
  );
  expect(await claim({ token, manageToken: manageTokens.make(id) }, 'rubbish')).toBe(
    '400 invalid_request',
  );
  const { rows } = await pool.query('select customer_id from bookings');
  expect(rows).toEqual([{ customer_id: null }, { customer_id: null }]);
});

test('who acts for an organiser takes nothing in its name, and a service nothing at all', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool);
  const id = await placed(pool, quoteFor(slot));
  const claim = async (token: string, manageToken?: string) =>
    refusal(await reservation.ask('POST', `/api/bookings/${id}/claim`, { token, manageToken }));
  const staff = await reservation.staff(slot.organiserId);

  expect(await claim(staff, manageTokens.make(id))).toBe('403 permission_denied');
  expect(await claim(staff)).toBe('404 booking_not_found');
  expect(await claim(await reservation.service(), manageTokens.make(id))).toBe(
    '403 permission_denied',
  );
});

test('it is the first one’s who claims it, of however many, and stays so', async ({
  pool,
  reservation,
}) => {
  const id = await placed(pool, quoteFor(await seedSlot(pool)));
  const claimants = await Promise.all(Array.from({ length: 8 }, () => reservation.customer()));
  const claim = async (token: string) =>
    (
      await reservation.ask('POST', `/api/bookings/${id}/claim`, {
        token,
        manageToken: manageTokens.make(id),
      })
    ).status;

  const statuses = await Promise.all(claimants.map(claim));
  expect([...statuses].sort()).toEqual([200, ...Array(7).fill(404)]);
  expect(await Promise.all(claimants.map(claim))).toEqual(statuses);
  const audited = (await facts(pool, id)).filter(({ type }) => type === 'audit.recorded');
  expect(audited).toHaveLength(1);
});

test('whoever placed it signed in has it already, and another cannot take it', async ({
  pool,
  reservation,
}) => {
  const customerId = newId();
  const id = await placed(pool, quoteFor(await seedSlot(pool)), { customerId });
  const claim = (token: string) =>
    reservation.ask('POST', `/api/bookings/${id}/claim`, {
      token,
      manageToken: manageTokens.make(id),
    });

  expect((await claim(await reservation.customer(customerId))).status).toBe(200);
  expect(refusal(await claim(await reservation.customer()))).toBe('404 booking_not_found');
  expect((await facts(pool, id)).map(({ type }) => type)).toEqual(['booking.placed']);
});
