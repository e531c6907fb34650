import type { Logger } from '@guichet/telemetry/logger';
import type { Channel, ChannelModel } from 'amqplib';

const firstRetryMs = 200;
const longestRetryMs = 5_000;

/** What ends a consumer's channel: its signal is aborted when it has ended, `end` ends it. */
export type Ending = { readonly gone: AbortSignal; end(why: Error): void };

/** Sets up a subscription on a channel; answers the consumer's tag. */
export type Consume = (channel: Channel, model: ChannelModel, ending: Ending) => Promise<string>;

type Heard = { readonly channel: Channel; readonly tag: string };

/**
 * One subscription, heard on each connection that it is given. On a connection that lives it is
 * heard again, with back-off, when the broker ends its channel (an acknowledgement that came too
 * late, a queue declared otherwise) or its subscription (a queue deleted): amqplib brings back
 * connections only.
 */
export function createListener({
  consumer,
  consume,
  logger,
}: {
  consumer: string;
  consume: Consume;
  logger: Logger;
}) {
  let current: ChannelModel | undefined;
  let heard: Heard | undefined;
  let retryMs = firstRetryMs;
  let timer: NodeJS.Timeout | undefined;

  async function hear(model: ChannelModel): Promise<void> {
    const channel = await model.createChannel();
    const since = performance.now();
    const gone = new AbortController();
    let why: unknown;
    const end = (reason?: Error) => {
      why ??= reason;
      // It may be closed already, which is what is wanted.
      Promise.try(() => channel.close()).catch(() => {});
    };
    channel.on('error', (err) => {
      why ??= err;
    });
    channel.once('close', () => {
      gone.abort();
      // Not at once: when a whole connection ends, its channels are the first to hear of it.
      queueMicrotask(() => onEnded(model, channel, performance.now() - since, why));
    });
    try {
      const tag = await consume(channel, model, { gone: gone.signal, end });
      if (model !== current) return end();
      if (gone.signal.aborted) throw why ?? new Error('the channel ended at once');
      heard = { channel, tag };
    } catch (error) {
      end();
      throw error;
    }
  }

  function onEnded(model: ChannelModel, channel: Channel, livedMs: number, err: unknown): void {
    // Else it was never heard, and whoever set it up knows; or it went with its connection, or
    // because it was told to, and there is nothing to bring back.
    if (heard?.channel !== channel) return;
    heard = undefined;
    if (livedMs > longestRetryMs) retryMs = firstRetryMs;
    logger.warn({ err, consumer, retryMs }, 'a consumer’s channel has ended; it is set up again');
    hearLater(model);
  }

  function hearLater(model: ChannelModel): void {
    timer = setTimeout(() => void hearAgain(model), retryMs * (0.8 + 0.4 * Math.random()));
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  }

  async function hearAgain(model: ChannelModel): Promise<void> {
    try {
      await hear(model);
      if (heard) logger.info({ consumer }, 'a consumer is heard again');
    } catch (err) {
      if (model !== current) return;
      logger.warn({ err, consumer, retryMs }, 'a consumer cannot be heard; it is tried again');
      hearLater(model);
    }
  }

  function use(model: ChannelModel | undefined): void {
    clearTimeout(timer);
    current = model;
    heard = undefined;
    retryMs = firstRetryMs;
  }

  return {
    consumer,
    /** The first time: rejects when it cannot be set up, and is then not tried again. */
    async start(model: ChannelModel): Promise<void> {
      use(model);
      await hear(model).catch((error) => {
        use(undefined);
        throw error;
      });
    },
    /** On the next connection: what cannot be set up now is tried until it can. */
    resume(model: ChannelModel): Promise<void> {
      use(model);
      return hearAgain(model);
    },
    /** The connection is gone. */
    lose: () => use(undefined),
    isOn: (model: ChannelModel) => current === model,
    isHeard: () => heard !== undefined,
    /** Takes no more; what it was given can still be acknowledged. */
    async stop(): Promise<void> {
      const was = heard;
      use(undefined);
      await was?.channel.cancel(was.tag);
    },
  };
}
export type Listener = ReturnType<typeof createListener>;
