import { join } from 'node:path';
import { startService } from '@guichet/http/start-service';
import { connectBus } from '@guichet/messaging/connect-bus';
import { createPool, ping } from '@guichet/postgres/pool';
import { requiredSchema } from '@guichet/postgres/required-schema';
import { createProviderCalls } from '@guichet/telemetry/provider-calls';
import { accountMessages } from './accounts/account-messages.ts';
import { createApp } from './app.ts';
import { bookingMails } from './bookings/booking-mails.ts';
import { bookingMessages, confirmationMessages } from './bookings/booking-messages.ts';
import { readConfig } from './config.ts';
import { chooseMailer } from './mailers/choose-mailer.ts';
import { measureMailer } from './mailers/measure-mailer.ts';
import { measureConfirmations, measureMails } from './mails/measure-mails.ts';
import { notificationStore } from './mails/notification-store.ts';
import { sendMail } from './mails/send-mail.ts';
import { knownStore } from './offerings/known-store.ts';
import { offeringMessages } from './offerings/offering-messages.ts';
import { loadRender } from './templates/load.ts';
import { waitingListMessages } from './waiting-lists/waiting-list-messages.ts';
import { waitingRoomMessages } from './waiting-rooms/waiting-room-messages.ts';

const service = await startService({ name: 'notification', readConfig });
const { config, logger, metrics } = service;

const pool = createPool({
  url: config.databaseUrl,
  applicationName: 'notification',
  logger,
  metrics,
});
const folder = join(import.meta.dirname, '../migrations');
await service.until('schema', requiredSchema({ pool, url: config.databaseUrl, folder }));
const bus = await service.until('messages', () =>
  connectBus({ url: config.messagesUrl, logger, metrics }),
);
const mailer = measureMailer(chooseMailer(config), createProviderCalls('mail', metrics));
const known = knownStore(pool);
const store = notificationStore(pool);
measureMails({ store, metrics });
const send = sendMail({ store, mailer, render: await loadRender(), logger });
const onConfirmed = measureConfirmations(metrics);
const mails = bookingMails({ known, send, onConfirmed, publicUrl: config.publicUrl });

await bus.subscribe(offeringMessages({ known }));
await bus.subscribe(bookingMessages({ known, mails }));
await bus.subscribe(confirmationMessages({ known, mails }));
await bus.subscribe(accountMessages({ send, publicUrl: config.publicUrl }));
await bus.subscribe(waitingRoomMessages({ send }));
await bus.subscribe(waitingListMessages({ known, send, publicUrl: config.publicUrl }));

await service.run({
  app: createApp({ logger }),
  readiness: {
    postgres: () => ping(pool),
    messages: () => bus.ready(),
  },
  stop: async () => {
    await bus.close();
    await Promise.all([mailer.close(), pool.end()]);
  },
});
