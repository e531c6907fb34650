type Queue = { name: string; messages?: number };

/**
 * Queues that are not empty, as the broker's management API tells, one port above the broker: what
 * waits, what is tried later, what is parked, and facts that reached no consumer.
 */
export async function fullQueues(amqpUrl: string): Promise<string[]> {
  const url = new URL(amqpUrl);
  const answer = await fetch(`http://${url.hostname}:${Number(url.port) + 1}/api/queues`, {
    headers: { authorization: `Basic ${btoa(`${url.username}:${url.password}`)}` },
  });
  if (!answer.ok) throw new Error(`The broker's management answered ${answer.status}.`);
  const queues = (await answer.json()) as Queue[];
  return queues
    .filter(({ messages = 0 }) => messages > 0)
    .map(({ name, messages }) => `${messages} messages are in ${name}`);
}
