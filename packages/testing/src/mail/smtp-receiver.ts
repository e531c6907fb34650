import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Inbox } from './inbox.ts';
import { readMime } from './message.ts';

export type SmtpReceiver = { port: number; close(): Promise<void> };

const readAll = async (stream: AsyncIterable<unknown>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** Takes mail by SMTP from whoever is on this machine, with any name and password or none. */
export const startSmtpReceiver = async (inbox: Inbox, port: number): Promise<SmtpReceiver> => {
  const smtp = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anybody' }),
    onData: (stream, session, done) => {
      const envelope = session.envelope.rcptTo.map(({ address }) => address);
      readAll(stream)
        .then((raw) => readMime(raw, 'smtp', envelope))
        .then((letter) => done(null, `Queued as ${inbox.keep(letter)}`))
        .catch(done);
    },
  });
  const server = smtp.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
};
