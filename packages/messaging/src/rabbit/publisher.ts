import type { ConfirmChannel } from 'amqplib';

export type Envelope = {
  /** Empty: the routing key is the queue's name. */
  readonly exchange: string;
  readonly routingKey: string;
  readonly content: Buffer;
  readonly contentType?: string;
  readonly messageId: string;
  readonly headers?: Record<string, unknown>;
  /** Nobody need take it: it is sent, whether or not a queue wants it. */
  readonly optional?: boolean;
};

/**
 * Publishes with confirms over whichever channel there is now. A confirm says that the broker has
 * the message durably, not that a queue wanted it: what could not be routed comes back first, as a
 * `return`, and is rejected here. So is what waited `deadlineMs` for a connection and a confirm:
 * whoever published has it still.
 */
export function createPublisher({ deadlineMs = 10_000 } = {}) {
  let ready = Promise.withResolvers<ConfirmChannel>();
  let lost = true;
  const returned = new Set<string>();

  function send(channel: ConfirmChannel, envelope: Envelope, settle: (error?: Error) => void) {
    const { exchange, routingKey, content, optional = false, ...properties } = envelope;
    const options = {
      persistent: true,
      mandatory: !optional,
      contentType: 'application/cloudevents+json',
      ...properties,
    };
    try {
      channel.publish(exchange, routingKey, content, options, (error) => {
        if (error) settle(error);
        else if (returned.delete(envelope.messageId)) {
          settle(new Error(`no queue takes ${routingKey || exchange}`));
        } else settle();
      });
    } catch (error) {
      // The channel has ended, and `lose` is not told yet.
      settle(error as Error);
    }
  }

  /**
   * All at once, under one deadline: why each failed, in their order. Those of a batch share their
   * writes to the broker and its confirms, which cost more than the messages do.
   */
  function publishAll(envelopes: readonly Envelope[]): Promise<(Error | undefined)[]> {
    const { promise, resolve } = Promise.withResolvers<(Error | undefined)[]>();
    const late = new Error(`RabbitMQ did not confirm within ${deadlineMs} ms`);
    // Late until told otherwise.
    const failures = envelopes.map((): Error | undefined => late);
    let open = envelopes.length;
    const end = () => {
      clearTimeout(timer);
      open = 0;
      // A copy: a confirm that comes after the deadline changes nothing any more.
      resolve([...failures]);
    };
    const timer = setTimeout(end, deadlineMs);
    if (open === 0) end();

    void ready.promise.then((channel) => {
      if (open === 0) return;
      for (const [nth, envelope] of envelopes.entries()) {
        send(channel, envelope, (error) => {
          failures[nth] = error;
          open -= 1;
          if (open === 0) end();
        });
      }
    });
    return promise;
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
    publishAll,
    async publish(envelope: Envelope): Promise<void> {
      const [failure] = await publishAll([envelope]);
      if (failure) throw failure;
    },
  };
}
export type Publisher = ReturnType<typeof createPublisher>;
