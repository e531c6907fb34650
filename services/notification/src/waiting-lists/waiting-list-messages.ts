import { type MessageData, messageSchemas } from '@guichet/contracts/messages';
import { inLanguage } from '@guichet/contracts/shapes';
import type { Message } from '@guichet/messaging/message';
import { ticketOf } from '../bookings/ticket.ts';
import type { SendMail } from '../mails/send-mail.ts';
import type { KnownStore } from '../offerings/known-store.ts';
import { dateAt, money } from '../templates/format.ts';

/**
 * That somebody is on a waiting list, and that places came back for them. An offer that has run out
 * is told to nobody.
 */
export function waitingListMessages({
  known,
  send,
  publicUrl,
  now = Date.now,
}: {
  known: KnownStore;
  send: SendMail;
  publicUrl: string;
  now?: () => number;
}) {
  async function offeringOf(id: string) {
    const offering = await known.offerings.find(id);
    // Its publication is still on its way: the message comes again.
    if (!offering) throw new Error(`offering ${id} is not known yet`);
    return offering;
  }

  async function joined(eventId: string, entry: MessageData<'waiting_list.joined'>) {
    const { entryId, offeringId, startsAt, places, contact, manageToken } = entry;
    const { offering } = await offeringOf(offeringId);
    const { language, email, firstName } = contact;
    await send({
      ...{ eventId, recipient: email, language },
      template: 'waiting_list_joined',
      data: {
        ...{ firstName, places },
        title: inLanguage(offering.title, language),
        when: dateAt(startsAt, offering.venue.timeZone, language),
        url: `${publicUrl}/waiting-list/${entryId}#${manageToken}`,
      },
    });
  }

  async function offered(eventId: string, booking: MessageData<'booking.offered'>) {
    const { bookingId, contact, holdExpiresAt, totalCents, currency, manageToken } = booking;
    if (!contact || holdExpiresAt === null || Date.parse(holdExpiresAt) < now()) return;
    const offering = await offeringOf(booking.offeringId);
    const { language, email, firstName } = contact;
    await send({
      ...{ eventId, recipient: email, language },
      template: 'places_offered',
      data: {
        firstName,
        ticket: ticketOf(booking, offering, language),
        total: money(totalCents, currency, language),
        until: dateAt(holdExpiresAt, offering.offering.venue.timeZone, language),
        url: `${publicUrl}/bookings/${bookingId}#${manageToken}`,
      },
    });
  }

  return {
    consumer: 'notification.waiting_lists',
    types: ['waiting_list.joined', 'booking.offered'],
    async handle({ id, type, data }: Message): Promise<void> {
      if (type === 'booking.offered') {
        return offered(id, messageSchemas['booking.offered'].parse(data));
      }
      return joined(id, messageSchemas['waiting_list.joined'].parse(data));
    },
  };
}
