import { createTransport } from 'nodemailer';
import { nodemailerMessage } from './compose.ts';
import { type Mailer, MailRefused } from './mailer.ts';

/** Plain SMTP: it knows no keys, so a crash after the server's 250 sends a second one, same id. */
export function createSmtpMailer({ url, from }: { url: string; from: string }): Mailer {
  const transport = createTransport(url, {
    connectionTimeout: 10_000,
    socketTimeout: 20_000,
  } as never);
  return {
    async send(mail) {
      try {
        await transport.sendMail(nodemailerMessage(mail, from));
      } catch (cause) {
        const { responseCode = 0 } = cause as { responseCode?: number };
        const Kind = responseCode >= 550 && responseCode < 560 ? MailRefused : Error;
        throw new Kind(`SMTP refused: ${(cause as Error).message}`, { cause });
      }
    },
    close: async () => transport.close(),
  };
}
