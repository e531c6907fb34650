import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { expose } from '@guichet/telemetry/expose';
import type { Metrics } from '@guichet/telemetry/metrics';
import { reasonOf } from '@guichet/telemetry/unreachable';

export type Readiness = Readonly<Record<string, () => Promise<void>>>;

/** What it is, and by name what fails and why. */
export type Health = {
  readonly status: 'ready' | 'starting' | 'not_ready' | 'draining';
  readonly failing?: Readonly<Record<string, string>>;
};

/** No answer within this is an answer: a probe of Kubernetes waits a second by default. */
const checkMs = 900;

/** By name the checks that fail, and what they say. */
export async function failing(readiness: Readiness): Promise<Record<string, string>> {
  const checks = Object.entries(readiness).map(async ([name, check]) => {
    const slow = Promise.withResolvers<never>();
    const timer = setTimeout(() => slow.reject(new Error('no answer in time')), checkMs);
    try {
      await Promise.race([check(), slow.promise]);
      return [];
    } catch (error) {
      return [[name, reasonOf(error)]];
    } finally {
      clearTimeout(timer);
    }
  });
  return Object.fromEntries((await Promise.all(checks)).flat());
}

/**
 * The management port, never routed from outside. `/health/live` says that the process runs and
 * asks nothing else, or an outage of the database would restart every service; `/health/ready`
 * names what is not ready and why, and fails while starting and while draining; `/metrics` is
 * Prometheus text or OpenMetrics; `/config` the effective settings without secrets.
 */
export function createManagement({
  health,
  metrics,
  configView,
}: {
  health: () => Promise<Health>;
  metrics: Metrics;
  configView: () => unknown;
}): RequestListener {
  const json = (res: ServerResponse, status: number, body: unknown) =>
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  async function answer({ url, headers }: IncomingMessage, res: ServerResponse): Promise<unknown> {
    if (url === '/health/live') return json(res, 200, { status: 'live' });
    if (url === '/health/ready') {
      const state = await health();
      return json(res, state.status === 'ready' ? 200 : 503, state);
    }
    if (url === '/metrics') {
      const { contentType, body } = await expose(metrics, headers.accept);
      return res.writeHead(200, { 'content-type': contentType }).end(body);
    }
    if (url === '/config') return json(res, 200, configView());
    return json(res, 404, { status: 'unknown' });
  }

  return (req, res) => {
    // Nothing that is asked here is a reason to end the process.
    answer(req, res).catch((error: Error) => json(res, 500, { error: error.message }));
  };
}
