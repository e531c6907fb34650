import type { BookingState, MessageData } from '@guichet/contracts/messages';
import type { Language } from '@guichet/contracts/shapes';
import { createMessage } from '@guichet/messaging/message';

const organiserId = '0197a6f0-0000-7000-8000-000000000001';
export const offeringId = '0197a6f0-0000-7000-8000-000000000002';
const bookingId = '0197a6f0-0000-7000-8000-000000000003';

const names = (fr: string, en: string, de: string, es: string, it: string) => ({
  fr,
  en,
  de,
  es,
  it,
});
export const titles = names('La Flûte', 'The Flute', 'Die Flöte', 'La Flauta', 'Il Flauto');

/** An evening in Tokyo: nobody's own time zone among those who read about it. */
export const published = (
  sequence = 1,
  title: MessageData<'offering.published'>['offering']['title'] = titles,
) =>
  createMessage({
    source: 'catalog',
    type: 'offering.published',
    subject: offeringId,
    sequence,
    data: {
      organiser: { id: organiserId, name: 'Suntory', contactEmail: 'hall@guichet.test' },
      offering: {
        id: offeringId,
        organiserId,
        status: 'published',
        version: sequence,
        kind: 'event',
        title,
        description: titles,
        venue: { name: 'Suntory Hall', address: '1-13-1 Akasaka', timeZone: 'Asia/Tokyo' },
        currency: 'EUR',
        fares: [
          {
            code: 'adult',
            name: names('Adulte', 'Adult', 'Erwachsene', 'Adulto', 'Adulto'),
            priceCents: 61_728,
            takesPlace: true,
            minimum: 0,
            maximum: 10,
          },
        ],
        options: [],
        fees: [],
        tax: null,
        party: { minimum: 1, maximum: 10 },
        asksNames: false,
        refundRules: [],
        termsVersion: '1',
        pictures: [],
      },
    },
  });

export const bookingFor = (language: Language): BookingState => ({
  bookingId,
  reference: 'K7MN-4PQR',
  status: 'CONFIRMED',
  organiserId,
  offeringId,
  offeringVersion: 1,
  slotId: '0197a6f0-0000-7000-8000-000000000004',
  startsAt: '2027-03-02T16:30:00Z',
  endsAt: '2027-03-02T18:30:00Z',
  customerId: null,
  contact: { email: 'ada@guichet.test', firstName: 'Ada', lastName: 'Lovelace', language },
  attendees: [],
  party: { adult: 2 },
  places: 2,
  options: [],
  lines: [
    {
      kind: 'fare',
      code: 'adult',
      quantity: 2,
      unitCents: 61_728,
      taxCents: 11_223,
      totalCents: 123_456,
    },
  ],
  taxCents: 11_223,
  totalCents: 123_456,
  currency: 'EUR',
  holdExpiresAt: null,
});

const aboutBooking = { source: 'reservation', subject: bookingId } as const;

/** Long as real ones: base45 of a signed pass. One for all, or one for each who is named. */
const passesFor = (attendees: readonly unknown[]) =>
  Array.from({ length: attendees.length || 1 }, (_, at) =>
    'AB'.charAt(at).padEnd(160, '0123456789ABCDEF $%*+-./:'),
  );

const confirmation = (language: Language, attendees: BookingState['attendees']) => ({
  ...bookingFor(language),
  attendees,
  passes: passesFor(attendees),
  manageToken: 'capability',
});
export const confirmed = (language: Language = 'en', attendees: BookingState['attendees'] = []) =>
  createMessage({
    ...aboutBooking,
    type: 'booking.confirmed',
    sequence: 2,
    data: confirmation(language, attendees),
  });
/** The confirmation asked for once more: another fact about the same booking. */
export const confirmationAsked = (
  language: Language = 'en',
  attendees: BookingState['attendees'] = [],
) =>
  createMessage({
    ...aboutBooking,
    type: 'booking.confirmation_asked',
    sequence: 2,
    data: confirmation(language, attendees),
  });
export const cancelled = (language: Language = 'en', refundCents = 61_728, sequence = 3) =>
  createMessage({
    ...aboutBooking,
    type: 'booking.cancelled',
    sequence,
    data: { ...bookingFor(language), status: 'CANCELLED', refundCents },
  });
export const late = (
  language: Language = 'en',
  reason: MessageData<'booking.refund_due'>['reason'] = 'late_payment_unavailable',
) =>
  createMessage({
    ...aboutBooking,
    type: 'booking.refund_due',
    sequence: 3,
    data: {
      ...bookingFor(language),
      status: reason === 'late_payment_cancelled' ? 'CANCELLED' : 'EXPIRED',
      refundCents: 123_456,
      reason,
    },
  });
export const refunded = () =>
  createMessage({
    source: 'payment',
    type: 'payment.refunded',
    subject: bookingId,
    sequence: 4,
    data: {
      paymentId: bookingId,
      bookingId,
      organiserId,
      reference: 'K7MN-4PQR',
      provider: 'stripe',
      providerRef: 'pi_1',
      amountCents: 123_456,
      currency: 'EUR',
      refundedCents: 61_728,
      refundCents: 61_728,
      reason: 'cancelled',
      contact: { email: 'ada@guichet.test' },
    },
  });

const person = { customerId: organiserId, email: 'ada@guichet.test', firstName: 'Ada' };

export const resetAsked = (language: Language = 'en', expiresAt = '2999-01-01T20:45:00Z') =>
  createMessage({
    source: 'identity',
    type: 'customer.password_reset_asked',
    subject: organiserId,
    sequence: 1,
    data: { ...person, language, token: 'reset-secret', expiresAt },
  });
export const tokenReused = (language: Language = 'en') =>
  createMessage({
    source: 'identity',
    type: 'customer.token_reused',
    subject: organiserId,
    sequence: 1,
    data: { ...person, language },
  });

const waits = '0197a6f0-0000-7000-8000-00000000000a';
export const joined = (language: Language = 'en') =>
  createMessage({
    source: 'reservation',
    type: 'waiting_list.joined',
    subject: waits,
    sequence: 1,
    data: {
      entryId: waits,
      organiserId,
      offeringId,
      slotId: bookingFor(language).slotId,
      startsAt: '2027-03-02T16:30:00Z',
      places: 2,
      contact: { email: 'ada@guichet.test', firstName: 'Ada', lastName: 'Lovelace', language },
      manageToken: 'entry-capability',
    },
  });
export const offered = (language: Language = 'en', holdExpiresAt = '2999-01-01T03:00:00Z') =>
  createMessage({
    ...aboutBooking,
    type: 'booking.offered',
    sequence: 1,
    data: {
      ...bookingFor(language),
      ...{ status: 'PENDING', holdExpiresAt, manageToken: 'capability' },
    },
  });

export const codeAsked = (language: Language = 'en', expiresAt = '2999-01-01T10:00:00Z') =>
  createMessage({
    source: 'waiting-room',
    type: 'waiting_room.code_asked',
    subject: '0197a6f0-0000-7000-8000-000000000009',
    sequence: 1,
    data: {
      roomId: '0197a6f0-0000-7000-8000-000000000008',
      email: 'ada@guichet.test',
      language,
      code: '042137',
      expiresAt,
    },
  });
