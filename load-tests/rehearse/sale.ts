import { setTimeout as sleep } from 'node:timers/promises';
import { openRoom, type RoomView } from '@guichet/contracts/waiting-rooms';
import { openSlot } from '@guichet/local-stack/e2e/organiser';
import type { House } from './house.ts';

export type Sale = {
  readonly offeringId: string;
  readonly slotId: string;
  readonly room: RoomView;
};

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();

/** Gateways ask every two seconds which offerings have a room: until then there is no gate. */
const gatesMs = 3_000;

/** An offering with so many places, and a room in front of it whose sale begins so soon. */
export async function openSale(
  { api, world: { staff } }: House,
  given: { places: number; seconds: number; people: number },
): Promise<Sale> {
  const { offeringId, slotId } = await openSlot(api, staff, { capacity: given.places });
  const room = await api.call(openRoom, {
    ...staff,
    body: {
      offeringId,
      opensAt: inSeconds(1),
      saleAt: inSeconds(given.seconds + gatesMs / 1_000),
      closesAt: inSeconds(3_600),
      order: 'first_come',
      admissionSeconds: 60,
      expectedBuyers: given.people,
    },
  });
  await sleep(gatesMs);
  return { offeringId, slotId, room };
}

/** The same without a room: who asks first is served first, or refused. */
export const openBareSale = (
  { api, world: { staff } }: House,
  { places }: { places: number },
): Promise<Pick<Sale, 'offeringId' | 'slotId'>> => openSlot(api, staff, { capacity: places });
