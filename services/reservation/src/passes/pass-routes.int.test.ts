import { newId } from '@guichet/contracts/ids';
import { readPass, verifyPass } from '@guichet/contracts/pass';
import { passPng } from '@guichet/ticket/qr';
import ICAL from 'ical.js';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect } from 'vitest';
import { type Reservation, test } from '../reservation-server-test.ts';
import {
  aContact,
  manageTokens,
  placed,
  quoteFor,
  sealingKey,
  seedSlot,
} from '../reservation-test.ts';
import { issuePasses } from './issue-passes.ts';
import { createPassSigners } from './pass-signer.ts';
import { rotatePassKeys } from './rotate-pass-keys.ts';

type Database = Parameters<typeof seedSlot>[0];

/** A confirmed booking with its passes. */
async function confirmed(pool: Database, organiserId = newId(), named = 0) {
  const slot = await seedSlot(pool, { organiserId });
  const contact = { ...aContact, language: 'fr' as const };
  const quote = quoteFor(slot, named || 1, { names: named > 0 });
  const id = await placed(pool, quote, { contact });
  await pool.query(`update bookings set status = 'CONFIRMED' where id = $1`, [id]);
  const signer = await createPassSigners({ pool, sealingKey }).signerOf(organiserId);
  const client = await pool.connect();
  const booking = { ...slot, id, slotId: slot.id, places: quote.places, quote };
  const codes = await issuePasses(client, booking, signer);
  client.release();
  return { id, slot, codes, code: codes[0] ?? '' };
}
const keysOf = async (reservation: Reservation, organiserId: string) => {
  const { body } = await reservation.ask('GET', `/api/organisers/${organiserId}/pass-keys`);
  return body.keys;
};

test('a confirmed booking has its pass as codes, as a QR code and as a date', async ({
  pool,
  reservation,
}) => {
  const { id, slot, code } = await confirmed(pool);
  const ask = (accept?: string) =>
    reservation.ask('GET', `/api/bookings/${id}/pass`, {
      manageToken: manageTokens.make(id),
      ...(accept ? { accept } : {}),
    });

  expect((await ask()).body).toEqual({ passes: [code] });
  const gate = { keys: await keysOf(reservation, slot.organiserId), slotId: slot.id };
  expect(await verifyPass(code, { ...gate, at: slot.startsAt })).toMatchObject({ ok: true });

  const picture = await ask('image/png');
  expect(picture.headers.get('content-type')).toBe('image/png');
  expect(picture.text).toContain('PNG');

  const date = await ask('text/calendar');
  expect(date.headers.get('content-type')).toContain('text/calendar');
  const event = new ICAL.Component(ICAL.parse(date.text)).getFirstSubcomponent('vevent');
  expect(event?.getFirstPropertyValue('summary')).toBe('L’Avare');
  expect(event?.getFirstPropertyValue('location')).toBe('Théâtre de la Lanterne');
  const start = event?.getFirstPropertyValue('dtstart') as ICAL.Time;
  expect(Math.abs(start.toJSDate().getTime() - slot.startsAt.getTime())).toBeLessThan(1_000);

  expect(await ask('application/xml')).toMatchObject({
    status: 406,
    body: { code: 'not_acceptable' },
  });
});

test('each attendee’s pass is there, as codes all at once and as QR codes one by one', async ({
  pool,
  reservation,
}) => {
  const { id, codes } = await confirmed(pool, newId(), 3);
  const ask = (query: string, accept = 'image/png') =>
    reservation.ask('GET', `/api/bookings/${id}/pass${query}`, {
      manageToken: manageTokens.make(id),
      accept,
    });
  const pictures = codes.map((code) => String(passPng(code)));

  expect(new Set(codes).size).toBe(3);
  expect((await ask('', 'application/json')).body).toEqual({ passes: codes });
  expect((await ask('?attendee=3', 'application/json')).body).toEqual({ passes: codes });
  expect((await ask('')).text).toBe(pictures[0]);
  expect((await ask('?attendee=1')).text).toBe(pictures[0]);
  expect((await ask('?attendee=3')).text).toBe(pictures[2]);
  expect(await ask('?attendee=4')).toMatchObject({
    status: 404,
    body: { code: 'attendee_not_found' },
  });
  for (const wrong of ['0', '-1', '1.5', 'two', '', '51']) {
    expect(await ask(`?attendee=${wrong}`), wrong).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  }
});

test('the passes are there to print, in the words of the booking’s language, one page each', async ({
  pool,
  reservation,
}) => {
  const { id, slot } = await confirmed(pool, newId(), 3);
  const ada = { firstName: 'Ada', lastName: 'Lovelace' };
  await pool.query('update bookings set attendees = $1', [JSON.stringify([ada, ada, ada])]);
  let asked = 0;
  reservation.outside.askOrganiser = async (organiserId) => {
    asked += 1;
    return { id: organiserId, name: 'La Lanterne', version: 1 };
  };
  const print = async () => {
    const answer = await fetch(`${reservation.url}/api/bookings/${id}/pass?attendee=2`, {
      headers: { accept: 'application/pdf', 'x-manage-token': manageTokens.make(id) },
    });
    return { headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) };
  };
  const [one, other] = [await print(), await print()];

  expect(one.headers.get('content-type')).toBe('application/pdf');
  expect(one.headers.get('cache-control')).toBe('no-store');
  const { reference } = (
    await reservation.ask('GET', `/api/bookings/${id}`, { manageToken: manageTokens.make(id) })
  ).body;
  expect(one.headers.get('content-disposition')).toBe(`inline; filename="${reference}.pdf"`);
  expect(Buffer.compare(one.bytes, other.bytes)).toBe(0);
  expect(asked).toBe(1);
  const { text } = await extractText(await getDocumentProxy(one.bytes));
  expect(text).toHaveLength(3);
  const day = new Intl.DateTimeFormat('fr', { dateStyle: 'full', timeZone: 'Europe/Paris' });
  for (const words of [
    'La Lanterne',
    'L’Avare',
    day.format(slot.startsAt),
    'Ada Lovelace',
    reference,
  ]) {
    expect(text[2]).toContain(words);
  }
});

test('a party is printed by the names of its fares, and whoever has no pass has nothing to print', async ({
  pool,
  reservation,
}) => {
  const { id } = await confirmed(pool);
  const print = () =>
    fetch(`${reservation.url}/api/bookings/${id}/pass`, {
      headers: { accept: 'application/pdf', 'x-manage-token': manageTokens.make(id) },
    });
  const pdf = await getDocumentProxy(new Uint8Array(await (await print()).arrayBuffer()));

  expect((await extractText(pdf)).text[0]).toContain('1 × Adulte');
  await pool.query(`update bookings set status = 'CANCELLED'`);
  const refused = await print();
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({ code: 'booking_not_confirmed' });
});

test('a pass stays when its key is rotated, and the next key signs only a day later', async ({
  pool,
  reservation,
}) => {
  const organiserId = newId();
  const old = await confirmed(pool, organiserId);
  await confirmed(pool);
  const rotate = rotatePassKeys({ pool, sealingKey, keyDays: 365 });
  expect(await rotate()).toBe(0);
  await pool.query(
    `update pass_keys set active_from = now() - interval '366 days' where organiser_id = $1`,
    [organiserId],
  );

  await Promise.all([rotate(), rotate()]);

  expect(await keysOf(reservation, organiserId)).toHaveLength(2);
  const sameDay = await confirmed(pool, organiserId);
  await pool.query(`update pass_keys set active_from = active_from - interval '1 day'`);
  const nextDay = await confirmed(pool, organiserId);
  const kidOf = ({ code }: { code: string }) => readPass(code)?.pass.kid;
  expect([kidOf(old), kidOf(sameDay), kidOf(nextDay)]).toEqual([1, 1, 2]);
  const keys = await keysOf(reservation, organiserId);
  for (const { code } of [old, sameDay, nextDay]) {
    expect(await verifyPass(code, { keys })).toMatchObject({ ok: true });
  }
});

test('a pass of one organiser does not open another’s gate', async ({ pool, reservation }) => {
  const [mine, theirs] = [await confirmed(pool), await confirmed(pool)];

  expect(
    await verifyPass(mine.code, { keys: await keysOf(reservation, theirs.slot.organiserId) }),
  ).toEqual({ ok: false, fault: 'bad_signature' });
});

test('the private half of a key is in no table', async ({ pool }) => {
  await confirmed(pool);
  const { rows } = await pool.query('select * from pass_keys');

  expect(JSON.stringify(rows)).not.toMatch(/PRIVATE KEY/);
  const other = createPassSigners({ pool, sealingKey: Buffer.alloc(32, 1) });
  await expect(other.signerOf(rows[0].organiser_id)).rejects.toThrow(/SEALING_KEY/);
});
