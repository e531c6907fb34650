import type { IncomingHttpHeaders, IncomingMessage, RequestListener } from 'node:http';
import type { Metrics } from '@guichet/telemetry/metrics';
import { requestLabels } from '@guichet/telemetry/request-labels';
import { sampledTraceId } from '@guichet/telemetry/trace';
import { LRUCache } from 'lru-cache';
import { isLate } from './deadline.ts';
import { queueAgeHeader } from './queue-age.ts';
import { sendJson } from './send-json.ts';

/** JSON as it goes over the wire, and when what it says was read, by `performance.now()`. */
export type RecentAnswer = {
  readonly text: string;
  readonly etag: string;
  readonly readAt: number;
};

/** Whoever may have written sends what they did it with; who wants to be sure says so (RFC 9111). */
const isAnyone = (headers: IncomingHttpHeaders): boolean =>
  headers['x-manage-token'] === undefined &&
  headers.authorization === undefined &&
  (headers['cache-control'] === undefined || !/no-cache|max-age=0/.test(headers['cache-control']));

/**
 * Answers of one operation that are given again for a moment, to whoever has written nothing: by
 * the address that was asked, and before Express looks at the request, which is most of what a look
 * costs. They are measured like all others.
 */
export function createRecentAnswers({
  route,
  mostCharacters,
  keptMs,
  now = () => performance.now(),
}: {
  /** The operation’s path, which all of them are counted under. */
  route: string;
  /** Of all texts together. */
  mostCharacters: number;
  /** For how long after it was read, as it is at the moment; 0 keeps nothing. */
  keptMs: () => number;
  /** Milliseconds of a clock that only goes forward. */
  now?: () => number;
}) {
  const answers = new LRUCache<string, RecentAnswer>({
    maxSize: mostCharacters,
    sizeCalculation: ({ text }, url) => text.length + url.length,
  });
  const locals = { route };
  const answered = requestLabels('GET', route, 200);
  const unchanged = requestLabels('GET', route, 304);

  /** What may be given again to this request, if anything. */
  function find(request: IncomingMessage): RecentAnswer | undefined {
    const { method, url = '', headers } = request;
    const forMs = keptMs();
    if (forMs <= 0 || method !== 'GET') return undefined;
    const kept = answers.get(url);
    if (!kept || now() - kept.readAt >= forMs || !isAnyone(headers)) return undefined;
    // Several tags, or weak ones, are for Express to compare.
    const seen = headers['if-none-match'];
    return (seen === undefined || seen === kept.etag) && !isLate(request) ? kept : undefined;
  }

  return {
    find,

    keep(url: string, answer: RecentAnswer): void {
      if (keptMs() > 0) answers.set(url, answer);
    },

    /** Answers what is kept, and lets `app` answer the rest. */
    inFrontOf(
      app: RequestListener,
      {
        metrics: { httpRequests, httpDuration },
        queueAgeMs,
      }: {
        metrics: Pick<Metrics, 'httpRequests' | 'httpDuration'>;
        /** As the app says it too. */
        queueAgeMs: () => number;
      },
    ): RequestListener {
      return (req, res) => {
        const began = performance.now();
        const kept = find(req);
        if (!kept) return app(req, res);

        // Whoever traces asks Express’s own for it.
        Object.assign(res, { locals });
        const headers = {
          etag: kept.etag,
          'cache-control': 'no-cache',
          [queueAgeHeader]: Math.round(queueAgeMs()),
        };
        const isKnown = req.headers['if-none-match'] !== undefined;
        if (isKnown) res.writeHead(304, headers).end();
        else sendJson(res, 200, headers, kept.text);
        const labels = isKnown ? unchanged : answered;
        httpRequests.inc(labels);
        httpDuration.observe(labels, (performance.now() - began) / 1_000, sampledTraceId());
      };
    },
  };
}
export type RecentAnswers = ReturnType<typeof createRecentAnswers>;
