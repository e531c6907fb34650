import { messageSchemas } from '@guichet/contracts/messages';
import type { Message } from '@guichet/messaging/message';
import type { SendMail } from '../mails/send-mail.ts';
import { timeIn } from '../templates/format.ts';

/** The code that shows that an address receives e-mail. One that has run out is not sent. */
export const waitingRoomMessages = ({
  send,
  now = Date.now,
}: {
  send: SendMail;
  now?: () => number;
}) => ({
  consumer: 'notification.waiting_rooms',
  types: ['waiting_room.code_asked'],
  async handle({ id, data }: Message): Promise<void> {
    const asked = messageSchemas['waiting_room.code_asked'].parse(data);
    if (Date.parse(asked.expiresAt) < now()) return;
    await send({
      eventId: id,
      recipient: asked.email,
      template: 'line_code',
      language: asked.language,
      data: { code: asked.code, until: timeIn(asked.expiresAt, asked.language) },
    });
  },
});
