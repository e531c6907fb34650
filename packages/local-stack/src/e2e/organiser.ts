import { randomUUID } from 'node:crypto';
import { me } from '@guichet/contracts/auth';
import type { Client } from '@guichet/contracts/client';
import { createOffering, publishOffering } from '@guichet/contracts/offerings';
import { availability, createSlot } from '@guichet/contracts/slots';
import { type Credentials, signIn, signInFor } from '../demo/sign-in.ts';
import { eventually } from './eventually.ts';

type Account = { email: string; password: string };
const admin = { firstName: 'Anna', lastName: 'Keller' };

/** Staff of the admin's first organiser. */
export const signInStaff = async (api: Client, account: Account): Promise<Credentials> => {
  const self = await signIn(api, account, admin);
  const { employments } = await api.call(me, self);
  return signInFor(api, account, employments[0]?.organiserId ?? '');
};

export type OpenSlot = { offeringId: string; slotId: string };

/** A published offering of its own with one slot, on sale, with fares that cost something, nothing, and too little. */
export const openSlot = async (
  api: Client,
  staff: Credentials,
  {
    capacity,
    startsInHours = 24 * 30,
    asksNames = false,
  }: { capacity: number; startsInHours?: number; asksNames?: boolean },
): Promise<OpenSlot> => {
  const offering = await api.call(createOffering, {
    ...staff,
    body: {
      kind: 'event',
      title: { en: `Try-out ${randomUUID().slice(0, 8)}`, fr: 'Essai' },
      description: { en: 'An evening to try everything out.' },
      venue: { name: 'Try-out stage', timeZone: 'Europe/Paris' },
      currency: 'EUR',
      fares: [
        { code: 'adult', name: { en: 'Adult' }, priceCents: 2_100 },
        { code: 'student', name: { en: 'Student' }, priceCents: 0 },
        { code: 'pupil', name: { en: 'Pupil' }, priceCents: 30 },
        { code: 'baby', name: { en: 'Baby' }, priceCents: 0, takesPlace: false },
      ],
      party: { minimum: 1, maximum: 10 },
      asksNames,
      refundRules: [{ hoursBefore: 24, percent: 100 }],
    },
  });
  const startsAt = new Date(Date.now() + startsInHours * 3_600_000);
  const slot = await api.call(createSlot, {
    ...staff,
    body: {
      offeringId: offering.id,
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + 7_200_000).toISOString(),
      capacity,
    },
  });
  await api.call(publishOffering, { ...staff, params: { id: offering.id } });

  // reservation hears of the publication by a message.
  await eventually(async () => {
    const { items } = await api.call(availability, { query: { offeringId: offering.id } });
    const found = items.find(({ slotId }) => slotId === slot.id);
    if (found?.state !== 'available' && found?.state !== 'few_left') {
      throw new Error(`The slot is ${found?.state ?? 'not there'}.`);
    }
  });
  return { offeringId: offering.id, slotId: slot.id };
};

export const remaining = async (api: Client, { offeringId, slotId }: OpenSlot): Promise<number> => {
  const { items } = await api.call(availability, { query: { offeringId } });
  return items.find((slot) => slot.slotId === slotId)?.remaining ?? Number.NaN;
};
