import { join } from 'node:path';
import type { Message } from '@guichet/messaging/message';
import type { Pool } from '@guichet/postgres/pool';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { createProviderCalls } from '@guichet/telemetry/provider-calls';
import { databaseTest } from '@guichet/testing/database-test';
import { type MailFake, startMailFake } from '@guichet/testing/mail/mail-fake';
import { accountMessages } from './accounts/account-messages.ts';
import { bookingMails } from './bookings/booking-mails.ts';
import { bookingMessages, confirmationMessages } from './bookings/booking-messages.ts';
import { readConfig } from './config.ts';
import { chooseMailer } from './mailers/choose-mailer.ts';
import { measureMailer } from './mailers/measure-mailer.ts';
import { measureConfirmations } from './mails/measure-mails.ts';
import { notificationStore } from './mails/notification-store.ts';
import { sendMail } from './mails/send-mail.ts';
import { knownStore } from './offerings/known-store.ts';
import { offeringMessages } from './offerings/offering-messages.ts';
import { render } from './templates/render.tsx';
import { waitingListMessages } from './waiting-lists/waiting-list-messages.ts';
import { waitingRoomMessages } from './waiting-rooms/waiting-room-messages.ts';

export type Provider = 'gmail' | 'resend' | 'smtp';
const publicUrl = 'https://guichet.test';

/** The service's environment, its provider the stand-in. */
export const environment = (provider: Provider, mail: Pick<MailFake, 'url' | 'smtpPort'>) => ({
  ISSUER_URL: publicUrl,
  JWKS_URL: 'http://127.0.0.1:1/jwks.json',
  DATABASE_URL: 'postgres://127.0.0.1/notification',
  MESSAGES_URL: 'amqp://127.0.0.1',
  PUBLIC_URL: publicUrl,
  MAIL_PROVIDER: provider,
  MAIL_FROM: 'Guichet <tickets@guichet.test>',
  RESEND_API_KEY: 're_test',
  RESEND_BASE_URL: mail.url,
  SMTP_URL: `smtp://127.0.0.1:${mail.smtpPort}`,
  GMAIL_CLIENT_ID: 'client',
  GMAIL_CLIENT_SECRET: 'secret',
  GMAIL_REFRESH_TOKEN: 'consent',
  GMAIL_ROOT_URL: `${mail.url}/`,
});

/** Every handler, wired as `main.ts` does. */
export function notification(pool: Pool, mail: MailFake, provider: Provider) {
  const metrics = createMetrics({ service: 'test' });
  const mailer = measureMailer(
    chooseMailer(readConfig(environment(provider, mail)).values),
    createProviderCalls('mail', metrics),
  );
  const logger = createLogger({ service: 'test', level: 'silent' });
  const known = knownStore(pool);
  const send = sendMail({ store: notificationStore(pool), mailer, render, logger });
  const onConfirmed = measureConfirmations(metrics);
  const mails = bookingMails({ known, send, onConfirmed, publicUrl });
  const handlers = [
    offeringMessages({ known }),
    bookingMessages({ known, mails }),
    confirmationMessages({ known, mails }),
    accountMessages({ send, publicUrl }),
    waitingRoomMessages({ send }),
    waitingListMessages({ known, send, publicUrl }),
  ];
  return {
    known,
    mailer,
    metrics,
    async handle(message: Message): Promise<void> {
      await handlers.find(({ types }) => types.includes(message.type))?.handle(message);
    },
  };
}

export const test = databaseTest(join(import.meta.dirname, '../migrations')).extend<{
  mail: MailFake;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures it needs from it
  mail: async ({}, use) => {
    const mail = await startMailFake();
    await use(mail);
    await mail.close();
  },
});
