import type { Logger } from '@guichet/telemetry/logger';
import type { GetMessage, RecoveringChannelModel } from 'amqplib';
import type { Parked, ParkedMessage } from '../bus.ts';
import { messageSchema } from '../message.ts';
import { attemptHeader, errorHeader, parkedAtHeader } from './consumer.ts';
import type { Publisher } from './publisher.ts';
import { parkedQueue } from './topology.ts';

const most = 10_000;

function view({ properties, content }: GetMessage): ParkedMessage {
  const headers = properties.headers ?? {};
  const text = content.toString('utf8');
  const parsed = messageSchema.safeParse(safeJson(text));
  return {
    id: String(properties.messageId),
    message: parsed.success
      ? parsed.data
      : { ...placeholder, id: String(properties.messageId), data: text },
    attempts: Number(headers[attemptHeader] ?? 0),
    error: String(headers[errorHeader] ?? 'its consumer’s process ended each time'),
    parkedAt: String(headers[parkedAtHeader] ?? ''),
  };
}

/** What stands for a message that could not even be read; its text is its data. */
const placeholder = {
  specversion: '1.0',
  source: 'unreadable',
  type: 'unreadable',
  subject: '',
  time: '',
  sequence: 0,
  datacontenttype: 'application/json',
} as const;

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The parked queue of one consumer, walked over a channel of its own. */
export function createParked({
  connection,
  publisher,
  consumer,
  logger,
}: {
  connection: RecoveringChannelModel;
  publisher: Publisher;
  consumer: string;
  logger: Logger;
}): Parked {
  /** Everything that is not acknowledged goes back when the channel closes. */
  async function walk(limit: number, visit: (parked: GetMessage) => Promise<boolean>) {
    const channel = await connection.createChannel();
    try {
      for (let seen = 0; seen < limit; seen += 1) {
        const parked = await channel.get(parkedQueue(consumer));
        if (!parked) return;
        if (await visit(parked)) channel.ack(parked);
      }
    } finally {
      await channel.close();
    }
  }

  return {
    async list(limit = 100) {
      const found: ParkedMessage[] = [];
      await walk(limit, async (parked) => {
        found.push(view(parked));
        return false;
      });
      return found;
    },
    async replay(id) {
      let count = 0;
      await walk(most, async (parked) => {
        if (id !== 'all' && view(parked).id !== id) return false;
        await publisher.publish({
          exchange: '',
          routingKey: consumer,
          content: parked.content,
          options: { persistent: true, mandatory: true, messageId: view(parked).id },
        });
        count += 1;
        return true;
      });
      return count;
    },
    async discard(id, reason) {
      let found = false;
      await walk(most, async (parked) => {
        if (view(parked).id !== id) return false;
        logger.warn({ consumer, messageId: id, reason }, 'a parked message is discarded');
        found = true;
        return true;
      });
      return found;
    },
  };
}
