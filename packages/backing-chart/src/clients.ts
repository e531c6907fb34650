import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { type ConfirmChannel, connect as connectAmqp } from 'amqplib';
import { type Collection, MongoClient } from 'mongodb';
import pg from 'pg';
import { tool } from './helm.ts';

/** Writes a word into a server and reads it back, with the credentials that a service is given. */
export type Client = { write(word: string): Promise<void>; read(): Promise<string | undefined> };

/** A service's own URL, but by way of a port of this machine. */
export const throughPort = (url: string, port: number): string => {
  const moved = new URL(url);
  moved.hostname = '127.0.0.1';
  moved.port = String(port);
  return moved.href;
};

export async function query(url: string, text: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

export const postgresClient = (url: string): Client => ({
  async write(word) {
    await query(url, 'create table if not exists words (word text)');
    await query(url, 'insert into words values ($1)', [word]);
  },
  read: async () => (await query(url, 'select word from words'))[0]?.word,
});

export const mongoClient = (url: string): Client => {
  const withWords = async <T>(work: (words: Collection) => Promise<T>) => {
    const client = await MongoClient.connect(url, { serverSelectionTimeoutMS: 10_000 });
    try {
      return await work(client.db('catalog').collection('words'));
    } finally {
      await client.close();
    }
  };
  return {
    write: (word) => withWords(async (words) => void (await words.insertOne({ word }))),
    read: () => withWords(async (words) => (await words.findOne({}))?.word as string | undefined),
  };
};

/** A quorum queue, as the services use; what is read is put back. */
export const rabbitClient = (url: string): Client => {
  const queue = 'words';
  const withChannel = async <T>(work: (channel: ConfirmChannel) => Promise<T>) => {
    const connection = await connectAmqp(url, { timeout: 10_000 });
    connection.on('error', () => {});
    try {
      const channel = await connection.createConfirmChannel();
      await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
      return await work(channel);
    } finally {
      await connection.close().catch(() => {});
    }
  };
  return {
    write: (word) =>
      withChannel(async (channel) => {
        channel.sendToQueue(queue, Buffer.from(word), { persistent: true });
        await channel.waitForConfirms();
      }),
    read: () =>
      withChannel(async (channel) => {
        const message = await channel.get(queue);
        if (!message) return undefined;
        channel.nack(message);
        return message.content.toString();
      }),
  };
};

/** One command to Valkey in its own words; rejects with the server's error. */
export async function valkey(url: string, ...words: string[]): Promise<string> {
  const { hostname, port, password } = new URL(url);
  const socket = connectSocket({ host: hostname, port: Number(port) });
  socket.setTimeout(10_000, () => socket.destroy(new Error('Valkey does not answer')));
  await once(socket, 'connect');
  socket.write(`AUTH ${password}\r\n${words.join(' ')}\r\nQUIT\r\n`);
  let said = '';
  for await (const chunk of socket) said += chunk;
  const error = /^-(.*)$/m.exec(said);
  if (error) throw new Error(error[1]);
  return said.split('\r\n').slice(1, -2).join(' ');
}

export const valkeyClient = (url: string): Client => ({
  write: async (word) => void (await valkey(url, 'SET', 'word', word)),
  read: async () => (await valkey(url, 'GET', 'word')).split(' ')[1],
});

/** curl signs for S3 by itself, which spares a library of some megabytes. */
export const s3Client = (
  url: string,
  { accessKey, secretKey }: { accessKey: string; secretKey: string },
): Client => {
  const ask = (method: string, path: string, body: string) =>
    tool('curl', [
      ...['--silent', '--show-error', '--fail-with-body', '--max-time', '10', '--request', method],
      ...['--aws-sigv4', 'aws:amz:us-east-1:s3', '--user', `${accessKey}:${secretKey}`],
      ...['--header', `x-amz-content-sha256: ${createHash('sha256').update(body).digest('hex')}`],
      ...['--header', 'Content-Type: text/plain', '--data-binary', body, `${url}${path}`],
    ]);
  return {
    async write(word) {
      await ask('PUT', '/words', '');
      await ask('PUT', '/words/word', word);
    },
    read: () => ask('GET', '/words/word', ''),
  };
};
