import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import type { Toxic } from './toxic.ts';
import { toxicPipe } from './toxic-pipe.ts';

export type FaultProxy = {
  readonly port: number;
  /** The same URL, by way of the proxy. */
  through(url: string): string;
  /** Meets what is open and what will be opened. Answers how to take it away again. */
  add(toxic: Toxic): () => void;
  clear(): void;
  /** What is open now passes nothing back any more (half-open); what comes later is not met. */
  silence(): void;
  /** Resets what is open and refuses what comes, as a server that is gone. */
  stop(): Promise<void>;
  /** Listens again, on the same port. */
  start(): Promise<void>;
  /** Connections open now. */
  connections(): number;
  close(): Promise<void>;
};

type Link = {
  client: Socket;
  server: Socket;
  /** Decided once per connection and toxic. */
  met: Map<Toxic, boolean>;
};

const meets = (link: Link, toxic: Toxic): boolean => {
  const decided = link.met.get(toxic) ?? Math.random() < (toxic.toxicity ?? 1);
  link.met.set(toxic, decided);
  return decided;
};

const streamOf = (toxic: Toxic) => toxic.stream ?? 'downstream';

const reset = ({ client, server }: Link): void => {
  client.resetAndDestroy();
  server.resetAndDestroy();
};

/** Toxics that act on the connection itself and not on what passes. */
const actOn = (link: Link, toxic: Toxic, stillThere: () => boolean): void => {
  const isTimed = toxic.type === 'reset_peer' || (toxic.type === 'timeout' && toxic.timeoutMs > 0);
  if (!isTimed || !meets(link, toxic)) return;

  setTimeout(() => {
    if (!stillThere()) return;
    if (toxic.type === 'reset_peer') return reset(link);
    link.client.destroy();
    link.server.destroy();
  }, toxic.timeoutMs).unref();
};

/** A TCP proxy on loopback before `target` (`host:port` or a URL), which spoils what passes. */
export const startFaultProxy = async (target: string): Promise<FaultProxy> => {
  const { hostname, port: targetPort } = new URL(
    target.includes('://') ? target : `tcp://${target}`,
  );
  const toxics = new Set<Toxic>();
  const links = new Set<Link>();

  const join = (client: Socket): void => {
    const server = connect({ host: hostname, port: Number(targetPort), allowHalfOpen: true });
    const link: Link = { client, server, met: new Map() };
    links.add(link);
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      socket.setNoDelay(true);
      socket.on('error', () => other.destroy());
      socket.once('close', () => {
        if (other.destroyed) links.delete(link);
      });
    }
    const now = (stream: 'upstream' | 'downstream') => () =>
      [...toxics].filter((toxic) => streamOf(toxic) === stream && meets(link, toxic));
    for (const toxic of toxics) actOn(link, toxic, () => toxics.has(toxic));
    void toxicPipe(client, server, now('upstream'));
    void toxicPipe(server, client, now('downstream'));
  };

  const listener = createServer({ allowHalfOpen: true }, join);
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;

  const stop = async (): Promise<void> => {
    if (!listener.listening) return;
    const closed = once(listener, 'close');
    listener.close();
    for (const link of links) reset(link);
    await closed;
  };

  return {
    port,
    through: (url) => {
      const proxied = new URL(url);
      proxied.hostname = '127.0.0.1';
      proxied.port = String(port);
      return proxied.href;
    },
    add: (toxic) => {
      const added = { ...toxic };
      toxics.add(added);
      for (const link of links) actOn(link, added, () => toxics.has(added));
      return () => void toxics.delete(added);
    },
    clear: () => toxics.clear(),
    silence: () => {
      const toxic: Toxic = { type: 'timeout', timeoutMs: 0, toxicity: 0 };
      toxics.add(toxic);
      for (const link of links) link.met.set(toxic, true);
    },
    stop,
    start: async () => {
      listener.listen(port, '127.0.0.1');
      await once(listener, 'listening');
    },
    connections: () => links.size,
    close: stop,
  };
};
