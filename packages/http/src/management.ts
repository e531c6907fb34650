import type { RequestListener } from 'node:http';
import type { Metrics } from '@guichet/telemetry/metrics';

export type Readiness = Readonly<Record<string, () => Promise<void>>>;

/** No answer within this is an answer: a probe of Kubernetes waits a second by default. */
const checkMs = 900;

async function failing(readiness: Readiness): Promise<string[]> {
  const checks = Object.entries(readiness).map(async ([name, check]) => {
    const slow = Promise.withResolvers<never>();
    const timer = setTimeout(() => slow.reject(new Error('slow')), checkMs);
    try {
      await Promise.race([check(), slow.promise]);
      return [];
    } catch {
      return [name];
    } finally {
      clearTimeout(timer);
    }
  });
  return (await Promise.all(checks)).flat();
}

/**
 * The management port, never routed from outside. `/health/live` says that the process runs and
 * asks nothing else, or an outage of the database would restart every service; `/health/ready`
 * names what is not ready and fails while draining; `/metrics` is Prometheus text; `/config` the
 * effective settings without secrets.
 */
export function createManagement({
  readiness,
  isDraining,
  metrics,
  configView,
}: {
  readiness: Readiness;
  isDraining: () => boolean;
  metrics: Metrics;
  configView: () => unknown;
}): RequestListener {
  return async (req, res) => {
    const json = (status: number, body: unknown) =>
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

    if (req.url === '/health/live') return json(200, { status: 'live' });
    if (req.url === '/health/ready') {
      if (isDraining()) return json(503, { status: 'draining' });
      const names = await failing(readiness);
      return names.length > 0
        ? json(503, { status: 'not_ready', failing: names })
        : json(200, { status: 'ready' });
    }
    if (req.url === '/metrics') {
      const body = await metrics.registry.metrics();
      return res.writeHead(200, { 'content-type': metrics.registry.contentType }).end(body);
    }
    if (req.url === '/config') return json(200, configView());
    return json(404, { status: 'unknown' });
  };
}
