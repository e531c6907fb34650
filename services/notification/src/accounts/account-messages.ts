import { messageSchemas } from '@guichet/contracts/messages';
import type { Message } from '@guichet/messaging/message';
import type { SendMail } from '../mails/send-mail.ts';
import { timeIn } from '../templates/format.ts';

/** What somebody must be told about their account. A reset link that has run out is not sent. */
export const accountMessages = ({
  send,
  publicUrl,
  now = Date.now,
}: {
  send: SendMail;
  publicUrl: string;
  now?: () => number;
}) => ({
  consumer: 'notification.accounts',
  types: ['customer.password_reset_asked', 'customer.token_reused'],
  async handle({ id, type, data }: Message): Promise<void> {
    if (type === 'customer.token_reused') {
      const { email, firstName, language } = messageSchemas['customer.token_reused'].parse(data);
      await send({
        eventId: id,
        recipient: email,
        template: 'token_reused',
        language,
        data: { firstName },
      });
      return;
    }
    const asked = messageSchemas['customer.password_reset_asked'].parse(data);
    if (Date.parse(asked.expiresAt) < now()) return;
    await send({
      eventId: id,
      recipient: asked.email,
      template: 'password_reset',
      language: asked.language,
      data: {
        firstName: asked.firstName,
        url: `${publicUrl}/password-reset#${asked.token}`,
        until: timeIn(asked.expiresAt, asked.language),
      },
    });
  },
});
