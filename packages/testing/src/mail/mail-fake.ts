import { createServer } from 'node:http';
import express from 'express';
import { faultRoutes } from '../fault-list.ts';
import { listening } from '../listening.ts';
import { createStateFile } from '../state-file.ts';
import { createMailFaults, type MailFaults, mailFaultSchema } from './faults.ts';
import { gmailRoutes } from './gmail-routes.ts';
import { createInbox, type Inbox, type Message } from './inbox.ts';
import { inboxRoutes } from './inbox-routes.ts';
import { resendRoutes, type SentKeys } from './resend-routes.ts';
import { startSmtpReceiver } from './smtp-receiver.ts';

export type MailFakeOptions = {
  /** 0, which is also the default, takes a free one. */
  port?: number;
  smtpPort?: number;
  /** Where it listens; for nobody but this machine, unless it is told otherwise. */
  host?: string | undefined;
  /** Where messages are kept; without it, they end with the process. */
  stateFile?: string | undefined;
};

export type MailFake = {
  /** Base of the Gmail API, of Resend's, and the page of the inbox. */
  url: string;
  port: number;
  smtpPort: number;
  inbox: Inbox;
  faults: MailFaults;
  close(): Promise<void>;
};

type Found = {
  messages: Message[];
  keys: [string, { fingerprint: string; id: string; at: number }][];
};

/** Receives what would leave by Gmail, Resend or SMTP, and shows it in one inbox. */
export const startMailFake = async (options: MailFakeOptions = {}): Promise<MailFake> => {
  const { host = '127.0.0.1' } = options;
  const file = createStateFile(options.stateFile, () => ({
    messages: inbox.all(),
    keys: [...keys],
  }));
  const found = file.found as Found | undefined;
  const keys: SentKeys = new Map(found?.keys);
  const inbox = createInbox(found?.messages, file.changed);

  const faults = createMailFaults();
  const app = express();
  app.disable('x-powered-by');
  app.use('/_admin', faultRoutes(faults, mailFaultSchema));
  app.use(gmailRoutes(inbox, faults), resendRoutes(inbox, keys, faults), inboxRoutes(inbox));
  const { url, port, close } = await listening(createServer(app), options.port, host);
  const smtp = await startSmtpReceiver(inbox, faults, { port: options.smtpPort ?? 0, host });

  return {
    url,
    port,
    smtpPort: smtp.port,
    inbox,
    faults,
    close: async () => {
      await Promise.all([close(), smtp.close()]);
      await file.close();
    },
  };
};
