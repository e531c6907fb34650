import type { ConfirmChannel } from 'amqplib';

export type Envelope = {
  /** Empty: the routing key is the queue's name. */
  readonly exchange: string;
  readonly routingKey: string;
  readonly content: Buffer;
  readonly messageId: string;
  readonly headers?: Record<string, unknown>;
};

/** How long a publish may wait for a connection and a confirm. The outbox keeps what did not leave. */
const deadlineMs = 10_000;

/**
 * Publishes with confirms over whichever channel there is now. A confirm says that the broker has
 * the message durably, not that a queue wanted it: what could not be routed comes back first, as a
 * `return`, and is rejected here.
 */
export function createPublisher() {
  let ready = Promise.withResolvers<ConfirmChannel>();
  let lost = true;
  const returned = new Set<string>();

  function send(channel: ConfirmChannel, envelope: Envelope): Promise<void> {
    const { exchange, routingKey, content, messageId, headers } = envelope;
    const options = {
      persistent: true,
      mandatory: true,
      messageId,
      contentType: 'application/cloudevents+json',
      headers,
    };
    return new Promise((resolve, reject) => {
      channel.publish(exchange, routingKey, content, options, (error) => {
        if (error) reject(error);
        else if (returned.delete(messageId)) {
          reject(new Error(`no queue takes ${routingKey || exchange}`));
        } else resolve();
      });
    });
  }

  return {
    /** A new connection's channel; what was under way on the old one has been rejected by it. */
    use(channel: ConfirmChannel): void {
      channel.on('return', ({ properties }) => returned.add(String(properties.messageId)));
      lost = false;
      ready.resolve(channel);
    },
    /** The channel is gone: whoever publishes now waits for the next. */
    lose(): void {
      // Who waits already waits for the same one.
      if (lost) return;
      lost = true;
      ready = Promise.withResolvers();
    },
    async publish(envelope: Envelope): Promise<void> {
      const late = Promise.withResolvers<never>();
      const timer = setTimeout(
        () => late.reject(new Error(`RabbitMQ did not confirm within ${deadlineMs} ms`)),
        deadlineMs,
      );
      try {
        const channel = await Promise.race([ready.promise, late.promise]);
        await Promise.race([send(channel, envelope), late.promise]);
      } finally {
        clearTimeout(timer);
        late.promise.catch(() => {});
      }
    },
  };
}
export type Publisher = ReturnType<typeof createPublisher>;
