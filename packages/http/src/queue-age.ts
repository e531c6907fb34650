import type { Express } from 'express';

/**
 * How long who comes now would wait in the service's queue, in whole milliseconds. It is for the
 * gateway, which passes by whoever is over its budget and tells no customer.
 */
export const queueAgeHeader = 'x-queue-age-ms';

/**
 * Makes every answer of an app say the age of its queue, as it is when the answer begins: one that
 * was taken when the request came would be as old as the queue itself. Express gives each response
 * the app's own prototype anyway, so this costs one header and no listener.
 */
export function sayQueueAge({ response }: Express, queueAgeMs: () => number): void {
  const { writeHead } = response;
  response.writeHead = function (this: typeof response, ...head: Parameters<typeof writeHead>) {
    this.setHeader(queueAgeHeader, Math.round(queueAgeMs()));
    return writeHead.apply(this, head);
  } as typeof writeHead;
}
