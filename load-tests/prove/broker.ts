type Queue = { name: string; messages?: number };
type Message = { routing_key: string };

const unrouted = 'guichet.unrouted';

/** What the broker's management API answers; it listens one port above the broker. */
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
  if (!answer.ok) throw new Error(`The broker's ${path} answered ${answer.status}.`);
  return (await answer.json()) as T;
}

/** Facts that reached nobody, by type. */
async function typesUnrouted(amqpUrl: string): Promise<string> {
  const messages = await ask<Message[]>(amqpUrl, `queues/%2F/${unrouted}/get`, {
    count: 1_000,
    ackmode: 'ack_requeue_true',
    encoding: 'auto',
    truncate: 1,
  });
  return [...new Set(messages.map(({ routing_key }) => routing_key))].join(', ');
}

/** Queues that are not empty: what waits, is tried later, is parked, or reached no consumer. */
export async function fullQueues(amqpUrl: string): Promise<string[]> {
  const queues = await ask<Queue[]>(amqpUrl, 'queues');
  const full = queues.filter(({ messages = 0 }) => messages > 0);
  return Promise.all(
    full.map(async ({ name, messages }) => {
      const types = name === unrouted ? `: ${await typesUnrouted(amqpUrl)}` : '';
      return `${messages} messages are in ${name}${types}`;
    }),
  );
}
