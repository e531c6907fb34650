type Queue = { name: string; messages?: number };
type Kept = { routing_key: string };

const unrouted = 'guichet.unrouted';
const events = 'guichet.events';

/** What the broker’s management API answers; it listens one port above the broker. */
async function ask<T>(amqpUrl: string, path: string, body?: object): Promise<T> {
  const url = new URL(amqpUrl);
  const answer = await fetch(`http://${url.hostname}:${Number(url.port) + 1}/api/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Basic ${btoa(`${url.username}:${url.password}`)}`,
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}.`);
  return (await answer.json()) as T;
}

/** Queues that are not empty: what waits, what is tried later, what is parked. */
export async function fullQueues(amqpUrl: string): Promise<string[]> {
  const queues = await ask<Queue[]>(amqpUrl, 'queues');
  return queues
    .filter(({ name, messages = 0 }) => name !== unrouted && messages > 0)
    .map(({ name, messages }) => `${messages} messages are in ${name}`);
}

/**
 * Facts that a consumer is bound to and that lie where those go which nobody is bound to. Facts
 * that no service listens to (`booking.placed`) are kept there, and are no loss.
 */
export async function lostOnTheWay(amqpUrl: string): Promise<string[]> {
  const bindings = await ask<Kept[]>(amqpUrl, `exchanges/%2F/${events}/bindings/source`);
  const wanted = new Set(bindings.map(({ routing_key }) => routing_key));
  const kept = await ask<Kept[]>(amqpUrl, `queues/%2F/${unrouted}/get`, {
    count: 1_000_000,
    ackmode: 'ack_requeue_true',
    encoding: 'auto',
    truncate: 1,
  });
  const types = new Set(kept.map(({ routing_key }) => routing_key));
  return [...wanted.intersection(types)].map((type) => `${type} reached no consumer`);
}
