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

const createSlotIn = async (
  api: Client,
  staff: Credentials,
  offeringId: string,
  { capacity, startsInHours }: { capacity: number; startsInHours: number },
): Promise<OpenSlot> => {
  const startsAt = new Date(Date.now() + startsInHours * 3_600_000);
  const { id } = await api.call(createSlot, {
    ...staff,
    body: {
      offeringId,
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + 7_200_000).toISOString(),
      capacity,
    },
  });
  return { offeringId, slotId: id };
};

/** reservation hears of the publication by a message. */
const untilOnSale = (api: Client, { offeringId, slotId }: OpenSlot): Promise<void> =>
  eventually(async () => {
    const { items } = await api.call(availability, { query: { offeringId } });
    const found = items.find((slot) => slot.slotId === slotId);
    if (found?.state !== 'available' && found?.state !== 'few_left') {
      throw new Error(`The slot is ${found?.state ?? 'not there'}.`);
    }
  });

/** Another slot of an offering that is on sale. */
export const addSlot = async (
  api: Client,
  staff: Credentials,
  { offeringId }: Pick<OpenSlot, 'offeringId'>,
  given: { capacity: number; startsInHours: number },
): Promise<OpenSlot> => {
  const slot = await createSlotIn(api, staff, offeringId, given);
  await untilOnSale(api, slot);
  return slot;
};

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
  const name = randomUUID().slice(0, 8);
  const offering = await api.call(createOffering, {
    ...staff,
    body: {
      kind: 'event',
      title: { en: `Try-out ${name}`, fr: `Essai ${name}` },
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
  const slot = await createSlotIn(api, staff, offering.id, { capacity, startsInHours });
  await api.call(publishOffering, { ...staff, params: { id: offering.id } });
  await untilOnSale(api, slot);
  return slot;
};

export const remaining = async (api: Client, { offeringId, slotId }: OpenSlot): Promise<number> => {
  const { items } = await api.call(availability, { query: { offeringId } });
  return items.find((slot) => slot.slotId === slotId)?.remaining ?? Number.NaN;
};
