import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EndpointSlice } from './endpoint-slice.ts';
import { createSliceHistory, selects } from './slice-history.ts';

export type KubeApiFake = Awaited<ReturnType<typeof startKubeApiFake>>;

export type KubeRequest = { readonly verb: 'list' | 'watch'; readonly version: string | null };

type Watching = { readonly res: ServerResponse; wants(slice: EndpointSlice): boolean };

const status = (code: number, reason: string, message: string) => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  code,
  reason,
  message,
});
const expired = status(410, 'Expired', 'too old resource version');

/**
 * The part of Kubernetes' API that discovery asks, over HTTP: EndpointSlices listed and watched,
 * with versions, bookmarks, 410 and refusals as the API server has them.
 */
export async function startKubeApiFake({ namespace = 'guichet' }: { namespace?: string } = {}) {
  const history = createSliceHistory();
  const watching = new Set<Watching>();
  const requests: KubeRequest[] = [];
  const forbidden = new Set<KubeRequest['verb']>();
  const path = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`;

  const write = ({ res }: Watching, type: string, object: unknown) =>
    res.write(`${JSON.stringify({ type, object })}\n`);
  const end = (watch: Watching) => {
    watching.delete(watch);
    watch.res.end();
  };
  const bookmark = (watch: Watching) =>
    write(watch, 'BOOKMARK', { metadata: { resourceVersion: String(history.version()) } });
  const tell = ({ type, object }: { type: string; object: EndpointSlice }) => {
    for (const watch of watching) if (watch.wants(object)) write(watch, type, object);
  };

  function watch(res: ServerResponse, query: URLSearchParams): void {
    const entry: Watching = { res, wants: selects(query.get('labelSelector') ?? '') };
    const missed = history.since(Number(query.get('resourceVersion')));
    res.writeHead(200, { 'content-type': 'application/json' });
    res.flushHeaders();
    if (!missed) {
      write(entry, 'ERROR', expired);
      res.end();
      return;
    }
    for (const { type, object } of missed) if (entry.wants(object)) write(entry, type, object);
    watching.add(entry);
    const ends = setTimeout(
      () => {
        if (query.get('allowWatchBookmarks') === 'true') bookmark(entry);
        end(entry);
      },
      Number(query.get('timeoutSeconds') ?? 1_800) * 1_000,
    );
    res.on('close', () => {
      clearTimeout(ends);
      watching.delete(entry);
    });
  }

  const server = createServer((req, res) => {
    const { pathname, searchParams: query } = new URL(req.url ?? '/', 'http://kubernetes');
    const json = (code: number, body: unknown) =>
      res.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (pathname !== path) return json(404, status(404, 'NotFound', 'not found'));

    const verb = query.get('watch') === 'true' ? 'watch' : 'list';
    requests.push({ verb, version: query.get('resourceVersion') });
    if (forbidden.has(verb)) return json(403, status(403, 'Forbidden', `cannot ${verb}`));
    if (verb === 'watch') return watch(res, query);
    return json(200, {
      kind: 'EndpointSliceList',
      metadata: { resourceVersion: String(history.version()) },
      items: history.list().filter(selects(query.get('labelSelector') ?? '')),
    });
  });

  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const hangUp = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const port = await listen(0);
  const folder = mkdtempSync(join(tmpdir(), 'kube-api-fake-'));

  return {
    url: `http://127.0.0.1:${port}`,
    /** What was asked, from the first on. */
    requests: requests as readonly KubeRequest[],
    watches: () => watching.size,
    /** The version of the last change. */
    version: () => String(history.version()),
    /** Writes a kubeconfig for this server, or for another address of it. */
    kubeconfig(server = `http://127.0.0.1:${port}`): string {
      const file = join(folder, `${new URL(server).port}.json`);
      const cluster = { server, 'insecure-skip-tls-verify': true };
      writeFileSync(
        file,
        JSON.stringify({
          'current-context': 'fake',
          clusters: [{ name: 'fake', cluster }],
          users: [{ name: 'fake', user: { token: 'fake' } }],
          contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake', namespace } }],
        }),
      );
      return file;
    },
    put: (slice: EndpointSlice) => tell(history.put(slice)),
    remove: (name: string) => tell(history.remove(name)),
    bookmark: () => watching.forEach(bookmark),
    /** Forgets what was, so that who goes on from an earlier version is told 410. */
    forget: () => history.forget(),
    forbid: (...verbs: KubeRequest['verb'][]) => verbs.forEach((verb) => void forbidden.add(verb)),
    allow: () => forbidden.clear(),
    /** Ends every watch in good order, as the server does after a while. */
    endWatches: () => watching.forEach(end),
    breakWatches: () => {
      for (const watch of watching) {
        watching.delete(watch);
        watch.res.destroy();
      }
    },
    /** Is gone: what is open breaks, what comes is refused. */
    stop: hangUp,
    start: () => listen(port),
    async close(): Promise<void> {
      if (server.listening) await hangUp();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
