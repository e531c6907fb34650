import { z } from 'zod';
import { attendeeSchema, bookingStatusSchema, contactSchema } from './bookings.ts';
import { idSchema } from './ids.ts';
import { offeringView } from './offerings.ts';
import { organiserView } from './organisers.ts';
import { chosenOptionSchema, partySchema, priceLineSchema } from './quotes.ts';
import { centsSchema, currencySchema, instantSchema, languageSchema } from './shapes.ts';
import { slotStatusSchema } from './slots.ts';

/** A booking's full state, as every `booking.*` message carries it. */
const bookingState = z.object({
  bookingId: idSchema,
  reference: z.string(),
  status: bookingStatusSchema,
  organiserId: idSchema,
  offeringId: idSchema,
  offeringVersion: z.int(),
  slotId: idSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  customerId: idSchema.nullable(),
  contact: contactSchema.nullable(),
  /** In the order of their places. A fact that an older reservation told has none. */
  attendees: z.array(attendeeSchema).default([]),
  party: partySchema,
  places: z.int(),
  options: z.array(chosenOptionSchema),
  lines: z.array(priceLineSchema),
  taxCents: centsSchema,
  totalCents: centsSchema,
  currency: currencySchema,
  holdExpiresAt: instantSchema.nullable(),
});
export type BookingState = z.infer<typeof bookingState>;

/** What the e-mail that confirms a booking is made of. */
const confirmation = bookingState.extend({
  /** One for each attendee, in their order, where names are asked; otherwise one for all. */
  passes: z.array(z.string()).min(1),
  /** Access to the booking for the link in the e-mail; absent where the customer has an account. */
  manageToken: z.string(),
});

const slotState = z.object({
  slotId: idSchema,
  organiserId: idSchema,
  offeringId: idSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  capacity: z.int(),
  taken: z.int(),
  status: slotStatusSchema,
});

const paymentState = z.object({
  paymentId: idSchema,
  bookingId: idSchema,
  organiserId: idSchema,
  reference: z.string(),
  /** `none` where a booking costs nothing. */
  provider: z.string(),
  /** The provider's id of what happened; empty where it has none. */
  providerRef: z.string(),
  amountCents: centsSchema,
  currency: currencySchema,
});

/** Every fact that travels, by its type. `subject` is the aggregate's id, `sequence` its version. */
export const messageSchemas = {
  'offering.published': z.object({
    offering: offeringView,
    organiser: z.object({ id: idSchema, name: z.string(), contactEmail: z.string() }),
  }),
  'offering.withdrawn': z.object({ offeringId: idSchema, organiserId: idSchema, version: z.int() }),
  'slot.opened': slotState,
  'slot.closed': slotState,
  'slot.sold_out': slotState,
  'slot.cancelled': slotState,
  'booking.placed': bookingState,
  /** Places came back for who had waited: held for them, until they take them or the hold ends. */
  'booking.offered': bookingState.extend({
    /** Access to the booking for the link in the e-mail. */
    manageToken: z.string(),
  }),
  'booking.extended': bookingState,
  'booking.confirmed': confirmation,
  /** Its confirmation is to be sent once more. Nothing about the booking itself has changed. */
  'booking.confirmation_asked': confirmation,
  /** Money that was paid goes back: `refundCents` by the refund rules, 0 where nothing is due. */
  'booking.cancelled': bookingState.extend({ refundCents: centsSchema }),
  'booking.expiring': bookingState,
  'booking.expired': bookingState,
  /** Money came for places that are gone, or for a booking that was cancelled: all of it goes back. */
  'booking.refund_due': bookingState.extend({
    refundCents: centsSchema,
    reason: z.enum(['late_payment_unavailable', 'late_payment_cancelled']),
  }),
  /** Somebody waits for places of a slot that has not enough. */
  'waiting_list.joined': z.object({
    entryId: idSchema,
    organiserId: idSchema,
    offeringId: idSchema,
    slotId: idSchema,
    startsAt: instantSchema,
    places: z.int(),
    contact: contactSchema,
    /** Access to the entry for the link in the e-mail. */
    manageToken: z.string(),
  }),
  'payment.succeeded': paymentState,
  'payment.failed': paymentState.extend({ failureCode: z.string() }),
  'payment.cancelled': paymentState,
  'payment.refunded': paymentState.extend({
    refundedCents: centsSchema,
    refundCents: centsSchema,
    reason: z.string(),
    contact: z.object({ email: z.string(), language: languageSchema.optional() }),
  }),
  'customer.registered': z.object({
    customerId: idSchema,
    email: z.string(),
    firstName: z.string(),
    language: languageSchema,
  }),
  /** `token` is the reset link's secret: consumers send it and never keep it. */
  'customer.password_reset_asked': z.object({
    customerId: idSchema,
    email: z.string(),
    firstName: z.string(),
    language: languageSchema,
    token: z.string(),
    expiresAt: instantSchema,
  }),
  'customer.token_reused': z.object({
    customerId: idSchema,
    email: z.string(),
    firstName: z.string(),
    language: languageSchema,
  }),
  'subject.revoked': z.object({ subjectId: idSchema }),
  'organiser.changed': z.object({ organiser: organiserView, createdBy: idSchema }),
  'employee.created': z.object({
    employeeId: idSchema,
    organiserId: idSchema,
    email: z.string(),
    role: z.string(),
  }),
  /** `code` shows that an address receives e-mail: consumers send it and never keep it. */
  'waiting_room.code_asked': z.object({
    roomId: idSchema,
    email: z.string(),
    language: languageSchema,
    code: z.string(),
    expiresAt: instantSchema,
  }),
  'audit.recorded': z.object({
    actorId: z.string(),
    organiserId: idSchema.nullable(),
    action: z.string(),
    target: z.string(),
    /** In words, where a person had to give one. */
    reason: z.string().optional(),
    at: instantSchema,
  }),
} as const satisfies Record<string, z.ZodType>;

export type MessageType = keyof typeof messageSchemas;
export type MessageData<T extends MessageType> = z.infer<(typeof messageSchemas)[T]>;

/**
 * Facts that none of our own services needs, for whoever runs Guichet and binds a queue to them.
 * Where nobody has, a broker lets them go instead of keeping them for ever.
 */
export const factsForOthers = [
  'slot.sold_out',
  'booking.placed',
  'booking.extended',
  'booking.expiring',
  'booking.expired',
  'customer.registered',
  'employee.created',
] as const satisfies readonly MessageType[];
