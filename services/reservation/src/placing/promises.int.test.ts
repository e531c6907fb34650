import { newId } from '@guichet/contracts/ids';
import { expect, onTestFinished, vi } from 'vitest';
import {
  placeAll,
  placingOf,
  quoteFor,
  seedSlot,
  test,
  wrongCounters,
} from '../reservation-test.ts';

test('what several were promised is sent once, and each keeps what it was promised itself', async ({
  pool,
}) => {
  const [slot, other] = [await seedSlot(pool), await seedSlot(pool)];
  const quote = quoteFor(slot, 2);
  const later = { iat: quote.iat + 60, exp: quote.exp + 60 };
  const placings = [
    placingOf(quote, { contact: null }),
    placingOf(quoteFor(other)),
    placingOf(quote, { customerId: newId() }),
    placingOf(quoteFor(slot, 2, later)),
  ];
  const asked = vi.spyOn(pool, 'query');
  onTestFinished(() => asked.mockRestore());

  await placeAll(pool, placings);

  const [{ values }] = asked.mock.calls[0] as unknown as [{ values: [string, string, number] }];
  expect(JSON.parse(values[1])).toHaveLength(2);
  const { rows } = await pool.query(
    `select id, slot_id, places, total_cents, customer_id, contact, quote -> 'lines' as lines,
            quote -> 'iat' as iat
       from bookings order by id`,
  );
  expect(rows).toEqual(
    placings.map(({ booking: { id, customerId, contact, quote: promised } }) => ({
      id,
      slot_id: promised.slot,
      places: promised.places,
      total_cents: promised.total,
      customer_id: customerId,
      contact,
      lines: promised.lines,
      iat: null,
    })),
  );
});

test('the release before, whose members each bring their promise, is answered as it was', async ({
  pool,
}) => {
  const slot = await seedSlot(pool, { capacity: 3 });
  const member = (key: string, places: number) => {
    const { org, off, ver, places: many, total, tax, cur } = quoteFor(slot, places);
    return {
      ...{ scope: 'test', key, hash: 'h', tokenKey: 7, id: newId(), reference: `REF-${key}` },
      ...{ organiserId: org, offeringId: off, offeringVersion: ver, slotId: slot.id, places: many },
      ...{ totalCents: total, taxCents: tax, currency: cur, quote: {}, holdMs: 600_000 },
    };
  };
  const members = [member('a', 2), member('b', 2), member('c', 1)];
  const ask = async () => {
    const { rows } = await pool.query(
      `select member, outcome, booking_id, reference, total_cents, currency, token_key,
              hold_expires_at is not null as held
         from place_bookings($1, interval '1 second') order by member`,
      [JSON.stringify(members)],
    );
    return rows;
  };
  const answered = (nth: number, outcome: string) => {
    const { id, reference, totalCents, currency, tokenKey } = members[nth - 1] as ReturnType<
      typeof member
    >;
    const mine = { booking_id: id, reference, total_cents: totalCents };
    return { member: nth, outcome, ...mine, currency, token_key: tokenKey, held: true };
  };
  const refused = {
    ...{ member: 2, outcome: 'sold_out', booking_id: null, reference: null, total_cents: null },
    ...{ currency: null, token_key: null, held: false },
  };

  expect(await ask()).toEqual([answered(1, 'placed'), refused, answered(3, 'placed')]);
  expect(await ask()).toEqual([answered(1, 'replay'), refused, answered(3, 'replay')]);
  expect(await wrongCounters(pool)).toEqual([]);
});
