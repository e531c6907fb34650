import { randomUUID } from 'node:crypto';
import { changeBooking } from '@guichet/contracts/booking-changes';
import { claimBooking, resendConfirmation } from '@guichet/contracts/booking-requests';
import { listBookings } from '@guichet/contracts/bookings';
import { calendar, nextDates } from '@guichet/contracts/calendar';
import { availabilityEvent } from '@guichet/contracts/live';
import type { SlotAvailability } from '@guichet/contracts/slots';
import { expect } from 'vitest';
import { signIn } from '../demo/sign-in.ts';
import { eventually } from './eventually.ts';
import type { Placed } from './guest.ts';
import { type OpenSlot, openSlot } from './organiser.ts';
import type { World } from './world.ts';

/** Listens to an offering through the gateway; what is known of each slot, as it changes. */
async function listenTo(gateway: string, { offeringId }: OpenSlot) {
  const aborter = new AbortController();
  const { signal } = aborter;
  const answer = await fetch(new URL(`/api/offerings/${offeringId}/live`, gateway), { signal });
  const known = new Map<string, SlotAvailability>();
  const reading = (async () => {
    let text = '';
    for await (const chunk of answer.body ?? []) {
      const events = (text + Buffer.from(chunk).toString()).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const data = /^event: availability\ndata: (.*)$/.exec(event)?.[1];
        if (!data) continue;
        for (const item of availabilityEvent.parse(JSON.parse(data)).items) {
          known.set(item.slotId, item);
        }
      }
    }
  })();
  reading.catch(() => {});
  return { status: answer.status, known, leave: () => aborter.abort() };
}

async function print({ stack }: World, { id, manageToken }: Placed): Promise<string> {
  const answer = await fetch(new URL(`/api/bookings/${id}/pass`, stack.stack.gateway), {
    headers: { accept: 'application/pdf', 'x-manage-token': manageToken },
  });
  return Buffer.from(await answer.arrayBuffer()).toString('latin1', 0, 5);
}

/** What the page calls beside placing and paying, from the first look to the account. */
export const pageFollowsAPurchase = async (world: World): Promise<void> => {
  const { api, guest, staff, stack } = world;
  const slot = await openSlot(api, staff, { capacity: 5 });
  const { offeringId, slotId } = slot;
  const live = await listenTo(stack.stack.gateway, slot);
  expect(live.status).toBe(200);
  await eventually(() => expect(live.known.get(slotId)).toMatchObject({ remaining: 5 }));
  const next = await api.call(nextDates, { query: { offeringIds: offeringId } });
  expect(next.items).toMatchObject([{ offeringId, slotId, state: 'available' }]);
  const dates = await api.call(calendar, { query: { offeringIds: offeringId } });
  expect(dates).toMatchObject({ items: [{ slotId, remaining: 5 }], nextCursor: null });

  const placed = await guest.place(await guest.quote(slot, { adult: 5 }));
  await eventually(() => expect(live.known.get(slotId)).toMatchObject({ state: 'sold_out' }));
  live.leave();
  const mine = { params: { id: placed.id }, manageToken: placed.manageToken };
  const { termsVersion } = await guest.show(placed);
  expect(
    await api.call(changeBooking, { ...mine, body: { acceptedTerms: termsVersion } }),
  ).toMatchObject({ acceptedTerms: termsVersion });

  const { clientSecret } = await guest.beginCard(placed);
  await guest.confirm(clientSecret);
  await guest.until(placed, 'CONFIRMED');
  expect(await print(world, placed)).toBe('%PDF-');
  await guest.mails(placed.email, 2);
  await api.call(resendConfirmation, mine);
  expect((await guest.mails(placed.email, 3)).map(({ template }) => template).sort()).toEqual([
    'booking_confirmed',
    'booking_confirmed',
    'receipt',
  ]);

  const account = { email: placed.email, password: randomUUID() };
  const self = await signIn(api, account, { firstName: 'Ada', lastName: 'Lovelace' });
  expect((await api.call(listBookings, self)).items).toEqual([]);
  await api.call(claimBooking, { ...mine, ...self });
  expect((await api.call(listBookings, self)).items).toMatchObject([{ id: placed.id }]);
};
