import type { BookingView } from '@guichet/contracts/bookings';
import type { OfferingView } from '@guichet/contracts/offerings';
import { device } from '../storage.ts';

/** What a gate and its holder need of a booking, where there is no network. */
export type KeptPass = {
  readonly booking: BookingView;
  readonly offering: OfferingView;
  readonly passes: readonly string[];
};

const place = (id: string) => `guichet.pass.${id}`;

export const keepPass = (pass: KeptPass): void =>
  device.set(place(pass.booking.id), JSON.stringify(pass));

export function keptPass(id: string): KeptPass | undefined {
  const text = device.get(place(id));
  return text === null ? undefined : (JSON.parse(text) as KeptPass);
}

export const forgetPass = (id: string): void => device.remove(place(id));

export function forgetPasses(): void {
  for (const key of device.names()) {
    if (key.startsWith(place(''))) device.remove(key);
  }
}
