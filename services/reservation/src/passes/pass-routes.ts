import { bookingPass, passKeys } from '@guichet/contracts/bookings';
import { Refusal } from '@guichet/contracts/refusal';
import { Problem } from '@guichet/http/problem';
import type { Routes } from '@guichet/http/service-app';
import { toBuffer } from 'qrcode';
import { type BookingActions, visitorOf } from '../bookings/booking-routes.ts';
import { offeringStore } from '../offerings/offering-store.ts';
import { bookingCalendar } from './booking-calendar.ts';
import type { PassSigners } from './pass-signer.ts';
import { passStore } from './pass-store.ts';

const mediaTypes = ['application/json', 'image/png', 'text/calendar'] as const;

/** Level M, and the four modules of margin that scanners ask for. */
const qrCode = (code: string) =>
  toBuffer(code, { errorCorrectionLevel: 'M', margin: 4, scale: 8, type: 'png' });

export function passRoutes(
  routes: Routes,
  {
    pool,
    showBooking,
    passSigners,
  }: Pick<BookingActions, 'pool' | 'showBooking'> & { passSigners: PassSigners },
): void {
  routes.on(bookingPass, async ({ params, req, res, ...call }) => {
    const booking = await showBooking(params.id, visitorOf(call));
    const passes = await passStore(pool).listCodes(booking.id);
    const [first] = passes;
    if (!first || !['CONFIRMED', 'EMBARKED', 'COMPLETED'].includes(booking.status)) {
      throw new Refusal('booking_not_confirmed', 'There is a pass once the booking is confirmed.');
    }

    res.set('cache-control', 'no-store').vary('accept');
    const wanted = req.accepts(...mediaTypes);
    if (wanted === 'application/json') res.json({ passes });
    else if (wanted === 'image/png') res.type('png').send(await qrCode(first));
    else if (wanted === 'text/calendar') res.type('ics').send(await calendarOf(booking));
    else throw notAcceptable();
  });

  routes.on(passKeys, async ({ params, res }) => {
    // Keys are published before they sign; a gate that asks daily has them all.
    res.set('cache-control', 'public, max-age=300');
    res.json({ keys: await passSigners.publicKeys(params.id) });
  });

  async function calendarOf(booking: Awaited<ReturnType<typeof showBooking>>) {
    const offering = await offeringStore(pool).find(booking.offeringId);
    if (!offering) throw new Error(`offering ${booking.offeringId} of a booking is unknown`);
    return bookingCalendar(booking, offering);
  }
}

const notAcceptable = () =>
  new Problem({
    status: 406,
    code: 'not_acceptable',
    detail: `A pass is there as ${mediaTypes.join(', ')}.`,
  });
