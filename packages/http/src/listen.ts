import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Connections that wait to be let in. Past Node's 511 a crowd's are dropped, and its browsers ask
 * again after 1, 3, 7 and 15 s; the kernel allows 4,096 (net.core.somaxconn).
 */
const backlog = 4_096;

/** Listens on every address, and answers the port: a free one where 0 was asked for. */
export async function listen(server: Server, port: number): Promise<number> {
  server.listen({ port, backlog });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
