import { ServerResponse } from 'node:http';

/**
 * How long who comes now would wait in the service's queue, in whole milliseconds. It is for the
 * gateway, which passes by whoever is over its budget and tells no customer.
 */
export const queueAgeHeader = 'x-queue-age-ms';

/**
 * Makes a response say the age of its service's queue, as it is when the answer begins: one that was
 * taken when the request came would be as old as the queue itself. Of Express, the prototype of all
 * its responses is enough.
 */
export function createQueueAgeSaying(queueAgeMs: () => number) {
  function writeHead(this: ServerResponse, ...head: unknown[]) {
    const age = Math.round(queueAgeMs());
    const headers = head.at(-1);
    // One header that is set makes Node set all those that are given here, too.
    if (isRecord(headers)) head[head.length - 1] = { ...headers, [queueAgeHeader]: age };
    else this.setHeader(queueAgeHeader, age);
    return ServerResponse.prototype.writeHead.apply(this, head as WriteHead);
  }
  return (response: Pick<ServerResponse, 'writeHead'>): void => {
    response.writeHead = writeHead;
  };
}
type WriteHead = Parameters<ServerResponse['writeHead']>;

/** Headers may be given as a list, too. */
const isRecord = (headers: unknown): headers is Record<string, unknown> =>
  typeof headers === 'object' && headers !== null && !Array.isArray(headers);
