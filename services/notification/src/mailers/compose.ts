import type { SendMailOptions } from 'nodemailer';
import { createTransport } from 'nodemailer';
import { headersOf, type Mail, messageIdOf } from './mailer.ts';

/** An e-mail as nodemailer takes it: for SMTP as it is, for Gmail as the MIME it makes of it. */
export const nodemailerMessage = (mail: Mail, from: string): SendMailOptions => ({
  from,
  to: mail.to,
  subject: mail.subject,
  html: mail.html,
  text: mail.text,
  messageId: messageIdOf(mail, from),
  headers: headersOf(mail),
  attachments: mail.attachments.map(({ name, contentType, content, contentId }) => ({
    filename: name,
    contentType,
    content,
    ...(contentId ? { cid: contentId } : {}),
  })),
});

const composer = createTransport({ streamTransport: true, buffer: true });

/** The whole e-mail as MIME (RFC 5322, 2045). */
export async function mimeOf(mail: Mail, from: string): Promise<Buffer> {
  const { message } = await composer.sendMail(nodemailerMessage(mail, from));
  return message as Buffer;
}
