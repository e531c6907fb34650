import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Metrics } from './metrics.ts';

/**
 * `refused`: the provider says no, and would again. `failed`: it could not answer, or asks to wait.
 * `timeout`: it did not answer in time.
 */
export type ProviderOutcome = 'ok' | 'refused' | 'failed' | 'timeout';

const timeouts = new Set([
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'TimeoutError',
]);

/** Whether an error, or what caused it, is that nobody answered in time. */
export function isTimeout(error: unknown): boolean {
  const { code, name, cause } = (error ?? {}) as { code?: string; name?: string; cause?: unknown };
  if (timeouts.has(code ?? '') || timeouts.has(name ?? '')) return true;
  return cause !== undefined && cause !== error && isTimeout(cause);
}

/**
 * Counts and times the calls to somebody else's service that we depend on, each in a span of its
 * own: who is slow, we or they, is the first question of whoever is woken.
 */
export function createProviderCalls(provider: 'stripe' | 'mail', metrics: Metrics) {
  const requests = metrics.counter({
    name: 'guichet_provider_requests_total',
    help: 'Calls to a provider by what came of them',
    labelNames: ['provider', 'outcome'],
  });
  const durations = metrics.histogram({
    name: 'guichet_provider_request_duration_seconds',
    help: 'How long a provider took to answer, or not to',
    labelNames: ['provider'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  });

  /** `outcomeOf` looks at what a call answered or threw. */
  return async <T>(
    call: () => Promise<T>,
    outcomeOf: (answer: T | undefined, error: unknown) => ProviderOutcome,
  ): Promise<T> => {
    const tracer = trace.getTracer('guichet');
    const began = performance.now();
    return tracer.startActiveSpan(`call ${provider}`, { kind: SpanKind.CLIENT }, async (span) => {
      const end = (outcome: ProviderOutcome) => {
        requests.inc({ provider, outcome });
        durations.observe({ provider }, (performance.now() - began) / 1_000);
        span.setAttribute('guichet.outcome', outcome);
        if (outcome !== 'ok') span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      };
      try {
        const answer = await call();
        end(outcomeOf(answer, undefined));
        return answer;
      } catch (error) {
        end(outcomeOf(undefined, error));
        throw error;
      }
    });
  };
}
export type ProviderCalls = ReturnType<typeof createProviderCalls>;
