import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { isRefused, type MailFaults } from './faults.ts';
import type { Inbox } from './inbox.ts';
import { readMime } from './message.ts';

export type SmtpReceiver = { port: number; close(): Promise<void> };

const readAll = async (stream: AsyncIterable<unknown>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** RFC 5321: 451 is a refusal that the sender may try again. */
const tryLater = (): Error => Object.assign(new Error('Try again later'), { responseCode: 451 });

/** RFC 5321: 550 is for good. */
const notHere = (): Error => Object.assign(new Error('No such mailbox'), { responseCode: 550 });

/** Takes mail by SMTP from whoever reaches it, with any name and password or none. */
export const startSmtpReceiver = async (
  inbox: Inbox,
  faults: MailFaults,
  { port, host }: { port: number; host: string },
): Promise<SmtpReceiver> => {
  const sockets = new Map<number, Socket>();

  const receive = async (raw: Buffer, session: SMTPServerSession): Promise<string | undefined> => {
    if (await isRefused(faults, 'smtp')) throw tryLater();
    if (faults.take('reject', 'smtp')) throw notHere();
    const envelope = session.envelope.rcptTo.map(({ address }) => address);
    const id = inbox.keep(await readMime(raw, 'smtp', envelope));
    if (!faults.take('accept_then_drop', 'smtp')) return `Queued as ${id}`;
    sockets.get(session.remotePort)?.resetAndDestroy();
    return undefined;
  };

  const smtp = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anybody' }),
    onData: (stream, session, done) => {
      readAll(stream)
        .then((raw) => receive(raw, session))
        .then((answer) => answer && done(null, answer))
        .catch(done);
    },
  });
  smtp.on('error', () => {
    // A connection that broke off; whoever sent sees it at their end.
  });
  const server = smtp.listen(port, host);
  server.on('connection', (socket: Socket) => {
    const { remotePort = 0 } = socket;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
  });
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        smtp.close(() => resolve());
        for (const socket of sockets.values()) socket.destroy();
      }),
  };
};
