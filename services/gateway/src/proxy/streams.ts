import type { Exchange } from './exchange.ts';

/** The answers that go on for as long as somebody listens, so that they end when the gateway does. */
export function createStreams() {
  const underWay = new Set<Exchange>();

  return {
    /** Resolves when the stream has ended, whoever ended it; rejects as it does. */
    async follow(stream: Exchange): Promise<void> {
      underWay.add(stream);
      try {
        await stream.ended;
      } finally {
        underWay.delete(stream);
      }
    },
    /** Readers see an end, not a fault, and connect again where they are let in. */
    endAll(): void {
      for (const stream of underWay) stream.end();
    },
  };
}
export type Streams = ReturnType<typeof createStreams>;
