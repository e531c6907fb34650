import { runService } from '@guichet/http/run-service';
import { connectBus } from '@guichet/messaging/connect-bus';
import { createPool, ping } from '@guichet/postgres/pool';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { accountMessages } from './accounts/account-messages.ts';
import { createApp } from './app.ts';
import { bookingMails } from './bookings/booking-mails.ts';
import { bookingMessages } from './bookings/booking-messages.ts';
import { readConfig } from './config.ts';
import { chooseMailer } from './mailers/choose-mailer.ts';
import { notificationStore } from './mails/notification-store.ts';
import { sendMail } from './mails/send-mail.ts';
import { knownStore } from './offerings/known-store.ts';
import { offeringMessages } from './offerings/offering-messages.ts';
import { loadRender } from './templates/load.ts';

const { values: config, view } = readConfig();
const logger = createLogger({ service: 'notification', level: config.logLevel });
const metrics = createMetrics({ service: 'notification' });

const pool = createPool({ url: config.databaseUrl, applicationName: 'notification', logger });
const bus = await connectBus({ url: config.messagesUrl, logger, metrics });
const mailer = chooseMailer(config);
const known = knownStore(pool);
const send = sendMail({ store: notificationStore(pool), mailer, render: await loadRender() });
const mails = bookingMails({ known, send, publicUrl: config.publicUrl });

await bus.subscribe(offeringMessages({ known }));
await bus.subscribe(bookingMessages({ known, mails }));
await bus.subscribe(accountMessages({ send, publicUrl: config.publicUrl }));

await runService({
  name: 'notification',
  app: createApp({ logger }),
  config,
  logger,
  metrics,
  configView: view,
  readiness: {
    postgres: () => ping(pool),
    messages: () => bus.ready(),
  },
  stop: async () => {
    await bus.close();
    await Promise.all([mailer.close(), pool.end()]);
  },
});
