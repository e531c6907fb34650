import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';

export type TestVhost = { readonly url: string; readonly name: string; drop(): Promise<void> };

/** RabbitMQ's management API, which the tests' broker has at the port after its own. */
export async function rabbitApi(method: string, path: string, body?: unknown): Promise<unknown> {
  const { hostname, port } = new URL(inject('servers').rabbit);
  const answer = await fetch(`http://${hostname}:${Number(port) + 1}/api${path}`, {
    method,
    headers: {
      authorization: `Basic ${btoa('guest:guest')}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok)
    throw new Error(`RabbitMQ answered ${answer.status} to ${method} ${path}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** A RabbitMQ virtual host of the test's own. */
export async function createVhost(): Promise<TestVhost> {
  const name = `test-${randomUUID()}`;
  await rabbitApi('PUT', `/vhosts/${name}`, {});
  await rabbitApi('PUT', `/permissions/${name}/guest`, {
    configure: '.*',
    write: '.*',
    read: '.*',
  });
  return {
    name,
    url: `${inject('servers').rabbit}/${name}`,
    drop: async () => {
      await rabbitApi('DELETE', `/vhosts/${name}`);
    },
  };
}
