import type { Localised } from '@guichet/contracts/shapes';
import { device } from '../storage.ts';

/** A booking that was made or opened on this device: enough to list it, and the token that opens it. */
export type DeviceBooking = {
  readonly id: string;
  readonly manageToken: string;
  readonly reference: string;
  readonly offeringId: string;
  readonly title: Localised;
  readonly startsAt: string;
  readonly timeZone: string;
};

const place = 'guichet.bookings';
/** More are nobody's on one device; the oldest go. */
const most = 50;

export function deviceBookings(): DeviceBooking[] {
  try {
    return JSON.parse(device.get(place) ?? '[]') as DeviceBooking[];
  } catch {
    return [];
  }
}

export function remember(booking: DeviceBooking): void {
  const others = deviceBookings().filter(({ id }) => id !== booking.id);
  device.set(place, JSON.stringify([booking, ...others].slice(0, most)));
}

export const forgetAll = (): void => device.remove(place);

/** Longer than the name of any part of a page, to which a fragment may lead as well. */
const aToken = /^[\w-]{40,200}$/;

/** The token that opens a booking: of the address’s fragment, as e-mails have it, or of this device. */
export function tokenOf(id: string): string | undefined {
  const fragment = location.hash.slice(1);
  if (aToken.test(fragment)) return fragment;
  return deviceBookings().find((booking) => booking.id === id)?.manageToken;
}

/** What shows that somebody on this device has booked a place of it, if anybody has. */
export const ownTokenFor = (offeringId: string): string | undefined =>
  deviceBookings().find((booking) => booking.offeringId === offeringId)?.manageToken;
