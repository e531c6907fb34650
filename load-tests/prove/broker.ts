type Queue = { name: string; messages?: number };
type Message = { routing_key: string };

const unrouted = 'guichet.unrouted';
/** Kept there on purpose, since no service keeps the audit log yet. */
const noConsumerYet = ['audit.recorded'];

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

/** Facts that reached nobody and should have, by type. */
async function typesUnrouted(amqpUrl: string): Promise<string[]> {
  const messages = await ask<Message[]>(amqpUrl, `queues/%2F/${unrouted}/get`, {
    count: 1_000,
    ackmode: 'ack_requeue_true',
    encoding: 'auto',
    truncate: 1,
  });
  const types = new Set(messages.map(({ routing_key }) => routing_key));
  return [...types].filter((type) => !noConsumerYet.includes(type));
}

/** Queues that are not empty: what waits, is tried later, is parked, or reached no consumer. */
export async function fullQueues(amqpUrl: string): Promise<string[]> {
  const queues = await ask<Queue[]>(amqpUrl, 'queues');
  const full = queues.filter(({ messages = 0 }) => messages > 0);
  const told = full.map(async ({ name, messages }) => {
    if (name !== unrouted) return [`${messages} messages are in ${name}`];
    const types = await typesUnrouted(amqpUrl);
    return types.length > 0 ? [`${types.join(', ')} reached no consumer`] : [];
  });
  return (await Promise.all(told)).flat();
}
