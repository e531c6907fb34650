import { Resend } from 'resend';
import { headersOf, type Mailer, MailRefused, messageIdOf } from './mailer.ts';

/** Answers that say the e-mail itself is wrong; everything else may pass. */
const permanent = new Set([
  'validation_error',
  'invalid_attachment',
  'invalid_to_address',
  'missing_required_field',
]);

/** Resend remembers a key for a day: sent twice with the row's id, it goes out once. */
export function createResendMailer({
  apiKey,
  baseUrl,
  from,
}: {
  apiKey: string;
  baseUrl?: string | undefined;
  from: string;
}): Mailer {
  const resend = new Resend(apiKey, baseUrl ? { baseUrl } : undefined);
  return {
    async send(mail) {
      const { error } = await resend.emails.send(
        {
          from,
          to: mail.to,
          subject: mail.subject,
          html: mail.html,
          text: mail.text,
          headers: { ...headersOf(mail), 'Message-ID': messageIdOf(mail, from) },
          tags: [{ name: 'template', value: mail.template }],
          attachments: mail.attachments.map(({ name, contentType, content, contentId }) => ({
            filename: name,
            contentType,
            content,
            ...(contentId ? { contentId } : {}),
          })),
        },
        { idempotencyKey: mail.id },
      );
      // The key was taken with another body: by an earlier version of us, and that e-mail went out.
      if (!error || error.name === 'invalid_idempotent_request') return;
      const Kind = permanent.has(error.name) ? MailRefused : Error;
      throw new Kind(`Resend refused: ${error.name} ${error.message}`);
    },
    close: async () => {},
  };
}
