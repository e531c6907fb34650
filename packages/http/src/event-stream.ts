/** An event as `text/event-stream` has it (HTML Standard, 9.2): JSON has no line break in it. */
export const eventOf = (name: string, data: unknown): Buffer =>
  Buffer.from(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);

/** A comment: it says that the stream still stands, and keeps what is in between from ending it. */
export const heartbeat = Buffer.from(':\n\n');

/**
 * After how long a reader whose stream has ended connects again. Each waits for another time, since
 * those of a replica that ends all have to find another one at once.
 */
export const retryHint = (random: () => number = Math.random): string =>
  `retry: ${Math.round(2_000 + random() * 4_000)}\n\n`;

export const eventStreamHeaders = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  // A front door of nginx would collect events until it has some kilobytes of them.
  'x-accel-buffering': 'no',
};
