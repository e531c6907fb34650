import type { ChannelModel } from 'amqplib';
import type { Bus } from '../bus.ts';
import type { BusOptions } from '../bus-options.ts';
import { createInFlight } from '../in-flight.ts';
import { type Message, type WrittenMessage, written } from '../message.ts';
import { auditParked } from '../parked-audit.ts';
import { openConnection } from './connection.ts';
import { consumeWith } from './consume.ts';
import { createListener, type Listener } from './listener.ts';
import { pack } from './parcels.ts';
import { createParked } from './parked.ts';
import { createPublisher } from './publisher.ts';
import { assertExchanges, checkExchanges } from './topology.ts';

/**
 * The bus on RabbitMQ 3.10 or later. After a lost connection everything is set up anew: topology,
 * the publisher's channel, every subscription. A consumer's channel alone comes back by itself;
 * when the publisher's ends, its exchange may be gone and every binding with it, so the whole
 * connection is renewed.
 */
export async function createRabbitBus(options: BusOptions): Promise<Bus> {
  const { url, logger, metrics, asOperator } = options;
  const publisher = createPublisher();
  const inFlight = createInFlight();
  const closing = new AbortController();
  const listeners: Listener[] = [];

  async function setup(model: ChannelModel, renew: () => void): Promise<void> {
    const channel = await model.createConfirmChannel();
    channel.on('error', (err) => logger.warn({ err }, 'the publisher’s channel ended'));
    channel.once('close', () => {
      publisher.lose();
      // Not at once: when the whole connection ends, its channels are the first to hear of it.
      queueMicrotask(renew);
    });
    await (asOperator ? checkExchanges(channel) : assertExchanges(channel));
    await Promise.all(listeners.map((listener) => listener.resume(model)));
    // Rejects where the connection ended meanwhile, which resuming does not.
    await checkExchanges(channel);
    publisher.use(channel);
  }

  const connection = await openConnection({
    url,
    logger,
    waits: !asOperator,
    setup,
    // Whoever subscribed while this connection was being set up was not yet among its listeners.
    live(model) {
      for (const listener of listeners) if (!listener.isOn(model)) void listener.resume(model);
    },
    lost() {
      publisher.lose();
      for (const listener of listeners) listener.lose();
    },
  });
  const consume = consumeWith({ ...options, publisher, inFlight, closing: closing.signal });

  async function publishAll(messages: readonly WrittenMessage[]): Promise<(Error | undefined)[]> {
    const parcels = pack(messages);
    const reasons = await publisher.publishAll(parcels.map(({ envelope }) => envelope));
    const failures = messages.map((): Error | undefined => undefined);
    for (const [at, { members }] of parcels.entries()) {
      for (const nth of members) failures[nth] = reasons[at];
    }
    return failures;
  }
  async function publish(message: Message): Promise<void> {
    const [failure] = await publishAll([written(message)]);
    if (failure) throw failure;
  }
  const parked = (consumer: string) =>
    createParked({
      createChannel: connection.createChannel,
      publisher,
      audit: auditParked(publish, consumer),
      consumer,
      logger,
    });

  return {
    publish,
    publishAll,
    async subscribe(subscription) {
      const { consumer, everyProcess } = subscription;
      const listener = createListener({ consumer, consume: consume(subscription), logger });
      // Without a connection, whoever sets up the next one sets this up too. With one, it is only
      // kept afterwards: a reconnect in between would have set it up a second time.
      const model = connection.current();
      if (model) await listener.start(model);
      listeners.push(listener);
      if (!everyProcess) metrics.watchParked(consumer, parked(consumer).count);
    },
    parked,
    async ready() {
      connection.assertUsable();
      const unheard = listeners.find((listener) => !listener.isHeard());
      if (unheard) throw new Error(`the consumer ${unheard.consumer} is not heard`);
    },
    async close() {
      closing.abort();
      await Promise.allSettled(listeners.map((listener) => listener.stop()));
      await inFlight.settled();
      await connection.close();
    },
  };
}
