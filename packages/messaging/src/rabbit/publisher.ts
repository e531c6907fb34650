import type { ConfirmChannel, Options } from 'amqplib';
import { publishWithinMs, within } from '../deadline.ts';

export type Envelope = {
  readonly exchange: string;
  readonly routingKey: string;
  readonly content: Buffer;
  readonly options: Options.Publish & { messageId: string };
};

/**
 * Publishes with confirms over whichever channel there is now. A confirm says that the broker has
 * the message durably, not that a queue wanted it: what could not be routed comes back first, as a
 * `return`, and is rejected here.
 */
export function createPublisher() {
  let gate = Promise.withResolvers<void>();
  let held = true;
  let channel: ConfirmChannel | undefined;
  const returned = new Set<string>();
  let publishes = 0;

  function send({ exchange, routingKey, content, options }: Envelope): Promise<void> {
    // Of this publish, not of its message: two consumers may move on the same message at once.
    const correlationId = String(++publishes);
    return new Promise((resolve, reject) => {
      const confirmed = (error: unknown) => {
        const unroutable = returned.delete(correlationId);
        if (error) reject(error);
        else if (unroutable) reject(new Error(`no queue takes ${routingKey || exchange}`));
        else resolve();
      };
      channel?.publish(exchange, routingKey, content, { ...options, correlationId }, confirmed);
    });
  }

  function release(): void {
    held = false;
    gate.resolve();
  }

  return {
    /** A new connection's channel; what was under way on the old one has been rejected by it. */
    use(next: ConfirmChannel): void {
      next.on('return', ({ properties }) => returned.add(String(properties.correlationId)));
      next.on('error', () => {});
      channel = next;
      release();
    },
    /** The connection is gone or blocked: whoever publishes now waits, and nothing piles up in it. */
    hold(): void {
      if (held) return;
      held = true;
      gate = Promise.withResolvers();
    },
    release,
    publish: (envelope: Envelope): Promise<void> =>
      within(publishWithinMs, 'RabbitMQ has not confirmed', async () => {
        await gate.promise;
        await send(envelope);
      }),
  };
}
export type Publisher = ReturnType<typeof createPublisher>;
