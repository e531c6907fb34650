import type { Logger } from '@guichet/telemetry/logger';
import { step } from '@guichet/telemetry/step';
import type { Channel, GetMessage } from 'amqplib';
import type { Parked, ParkedMessage } from '../bus.ts';
import type { AuditParked } from '../parked-audit.ts';
import { neverDone, noSuchConsumer, readParked } from '../parked-message.ts';
import { attemptHeader, errorHeader, parkedAtHeader } from './consumer.ts';
import { isMissing, onChannel } from './on-channel.ts';
import type { Publisher } from './publisher.ts';
import { parkedQueue } from './topology.ts';

/** When the broker itself parked it, in seconds since 1970. */
type Death = { time?: { value?: number } };

function parkedAtOf(headers: Record<string, unknown>): string {
  const seconds = (headers['x-death'] as Death[] | undefined)?.[0]?.time?.value;
  const byBroker = seconds === undefined ? '' : new Date(seconds * 1_000).toISOString();
  return String(headers[parkedAtHeader] ?? byBroker);
}

function view({ properties, content }: GetMessage): ParkedMessage {
  const headers: Record<string, unknown> = properties.headers ?? {};
  return {
    ...readParked(content.toString('utf8'), properties.messageId),
    attempts: Number(headers[attemptHeader] ?? 0),
    error: String(headers[errorHeader] ?? neverDone),
    parkedAt: parkedAtOf(headers),
  };
}

/** The parked queue of one consumer, walked over a channel of its own. */
export function createParked({
  createChannel,
  publisher,
  audit,
  consumer,
  logger,
}: {
  createChannel: () => Promise<Channel>;
  publisher: Publisher;
  audit: AuditParked;
  consumer: string;
  logger: Logger;
}): Parked {
  const queue = parkedQueue(consumer);

  const countOn = async (channel: Channel): Promise<number> =>
    (await channel.checkQueue(queue)).messageCount;

  /** Holds one message after the other; those that `visit` is not done with go back, in order. */
  const walk = (
    visit: (parked: ParkedMessage, raw: GetMessage) => Promise<boolean>,
    most = Infinity,
  ) =>
    onChannel(createChannel, async (channel) => {
      await countOn(channel).catch((error) => {
        throw isMissing(error) ? noSuchConsumer(consumer, error) : error;
      });
      for (let seen = 0; seen < most; seen += 1) {
        const raw = await channel.get(queue);
        if (!raw) break;
        step('parked.held');
        if (await visit(view(raw), raw)) channel.ack(raw);
      }
      // As the closing would, but before it is answered, so that whoever looks next finds them.
      channel.nackAll(true);
    });

  return {
    count: () =>
      onChannel(createChannel, countOn).catch((error) => {
        if (isMissing(error)) return undefined;
        throw error;
      }),
    async list(limit = 100) {
      const found: ParkedMessage[] = [];
      await walk(async (parked) => {
        found.push(parked);
        return false;
      }, limit);
      return found;
    },
    async find(id) {
      let found: ParkedMessage | undefined;
      await walk(async (parked) => {
        if (parked.id === id) found = parked;
        return false;
      });
      return found;
    },
    async replay(chosen, actor) {
      const replayed = new Set<string>();
      await walk(async (parked, { content }) => {
        const { id } = parked;
        // What has failed again meanwhile is parked behind the others, and would go round for ever.
        if (replayed.has(id) || (chosen !== 'all' && id !== chosen)) return false;
        await audit('message.replayed', parked, actor);
        await publisher.publish({ exchange: '', routingKey: consumer, content, messageId: id });
        step('parked.replayed');
        replayed.add(id);
        return true;
      });
      return replayed.size;
    },
    async discard(id, actor) {
      let found = false;
      await walk(async (parked) => {
        if (parked.id !== id) return false;
        await audit('message.discarded', parked, actor);
        step('parked.discarded');
        logger.warn({ consumer, messageId: id, ...actor }, 'a parked message is discarded');
        found = true;
        return true;
      });
      return found;
    },
  };
}
