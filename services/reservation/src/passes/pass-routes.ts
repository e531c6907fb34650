import { bookingPass, passKeys } from '@guichet/contracts/passes';
import { Refusal } from '@guichet/contracts/refusal';
import { inLanguage } from '@guichet/contracts/shapes';
import { Problem } from '@guichet/http/problem';
import type { Routes } from '@guichet/http/service-app';
import { bookingCalendar } from '@guichet/ticket/calendar';
import { passPng } from '@guichet/ticket/qr';
import { admits, type Booking, type BookingRefusal } from '../bookings/booking.ts';
import { type BookingActions, visitorOf } from '../bookings/booking-routes.ts';
import type { FindOffering } from '../offerings/find-offering.ts';
import type { NameOrganiser } from '../offerings/name-organiser.ts';
import { listPasses } from './list-passes.ts';
import type { PassPages } from './pass-pages.ts';
import { passSheet } from './pass-sheet.ts';
import type { PassSigners } from './pass-signer.ts';

const mediaTypes = ['application/json', 'image/png', 'application/pdf', 'text/calendar'] as const;

export function passRoutes(
  routes: Routes,
  {
    pool,
    showBooking,
    findOffering,
    nameOrganiser,
    drawPasses,
    passSigners,
  }: Pick<BookingActions, 'pool' | 'showBooking'> & {
    findOffering: FindOffering;
    nameOrganiser: NameOrganiser;
    drawPasses: PassPages['draw'];
    passSigners: PassSigners;
  },
): void {
  routes.on(bookingPass, async ({ params, query, req, res, ...call }) => {
    const booking = await showBooking(params.id, visitorOf(call));
    const passes = await listPasses(pool, booking.id);
    if (passes.length === 0 || !admits(booking)) {
      throw new Refusal<BookingRefusal>(
        'booking_not_confirmed',
        'There is a pass once the booking is confirmed.',
      );
    }

    res.set('cache-control', 'no-store').vary('accept');
    const wanted = req.accepts(...mediaTypes);
    if (wanted === 'application/json') res.json({ passes });
    else if (wanted === 'image/png') res.type('png').send(passPng(passOf(passes, query.attendee)));
    else if (wanted === 'application/pdf') {
      const pages = await pagesOf(booking, passes);
      res.set('content-disposition', `inline; filename="${booking.reference}.pdf"`);
      res.type('pdf').send(pages);
    } else if (wanted === 'text/calendar') res.type('ics').send(await calendarOf(booking));
    else throw notAcceptable();
  });

  routes.on(passKeys, async ({ params, res }) => {
    // Keys are published before they sign; a gate that asks daily has them all.
    res.set('cache-control', 'public, max-age=300');
    res.json({ keys: await passSigners.publicKeys(params.id) });
  });

  async function offeringOf({ offeringId }: Booking) {
    const offering = await findOffering(offeringId);
    if (!offering) throw new Error(`offering ${offeringId} of a booking is unknown`);
    return offering;
  }

  async function pagesOf(booking: Booking, passes: readonly string[]): Promise<Buffer> {
    const offering = await offeringOf(booking);
    const organiser = await nameOrganiser(booking.organiserId);
    return drawPasses(passSheet(booking, passes, offering, organiser));
  }

  async function calendarOf(booking: Booking): Promise<string> {
    const offering = await offeringOf(booking);
    return bookingCalendar({
      bookingId: booking.id,
      reference: booking.reference,
      sequence: booking.version,
      writtenAt: booking.createdAt,
      startsAt: booking.startsAt,
      endsAt: booking.endsAt,
      title: inLanguage(offering.title, booking.contact?.language ?? 'en'),
      venue: offering.venue,
    });
  }
}

/** The pass of the nth attendee, counted from 1; the first is also the one of a whole party. */
function passOf(passes: readonly string[], attendee: number): string {
  const pass = passes[attendee - 1];
  if (pass) return pass;
  throw new Refusal<BookingRefusal>(
    'attendee_not_found',
    `There is no pass of an attendee ${attendee}: this booking has ${passes.length}.`,
  );
}

const notAcceptable = () =>
  new Problem({
    status: 406,
    code: 'not_acceptable',
    detail: `A pass is there as ${mediaTypes.join(', ')}.`,
  });
