import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

export type ServerSettings = {
  /** Bytes; Node's own default is 16 kB. */
  readonly maxHeaderSize?: number;
  /** Milliseconds a client may take to send a request. */
  readonly requestTimeout?: number;
  /** PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
};

/** Longer than any caller keeps an idle connection, so that it is the caller who closes it. */
const keepAliveMs = 65_000;

/** How often connections that have become idle are looked for while closing. */
const sweepMs = 50;

function createListener(app: RequestListener, { tls, ...settings }: ServerSettings): Server {
  const options = {
    keepAliveTimeout: keepAliveMs,
    headersTimeout: keepAliveMs + 1_000,
    connectionsCheckingInterval: 1_000,
    ...settings,
  };
  // Headers must come within the time of the whole request.
  if (settings.requestTimeout) {
    options.headersTimeout = Math.min(options.headersTimeout, settings.requestTimeout);
  }
  return tls ? createTlsServer({ ...options, ...tls }, app) : createServer(options, app);
}

/**
 * A server that ends without losing a request that came in.
 *
 * Node's own `close` waits for a kept-alive connection for as long as its client likes, if a request
 * was under way on it at that moment: a service whose callers keep connections would end only when
 * it is cut off. So answers that are still to begin say `Connection: close`, also those of requests
 * that came before the drain, and a connection whose answer had begun is closed once it is idle.
 */
export function createDrainingServer(app: RequestListener, settings: ServerSettings) {
  const underWay = new Set<ServerResponse>();
  let draining = false;
  function forget(this: ServerResponse): void {
    underWay.delete(this);
  }

  const server = createListener((req, res) => {
    underWay.add(res);
    // One listener for all: a closure and a wrapper for each request cost three microseconds.
    res.on('close', forget);
    if (draining) res.setHeader('connection', 'close');
    app(req, res);
  }, settings);

  return {
    server,
    get isDraining() {
      return draining;
    },
    /** Goes on answering, and lets each client go with its next answer. */
    drain(): void {
      draining = true;
      for (const res of underWay) {
        if (!res.headersSent) res.setHeader('connection', 'close');
      }
    },
    /** Takes nothing new, and resolves when all is answered or, after `cutAfterMs`, cut off. */
    async close(cutAfterMs: number): Promise<void> {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
      const cut = setTimeout(() => server.closeAllConnections(), cutAfterMs);
      await closed;
      clearInterval(sweep);
      clearTimeout(cut);
    },
  };
}
