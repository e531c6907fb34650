import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';
import { Pool } from 'undici';

export type EndpointSettings = {
  readonly connections: number;
  readonly connectTimeoutMs: number;
  /** Shorter than the services' keep-alive, so that it is us who close an idle connection. */
  readonly idleMs: number;
  readonly failuresToOpen: number;
  readonly openMs: number;
};

/** One address of a service: its connections, how busy it is, and whether it may be asked. */
export function createEndpoint(url: URL, settings: EndpointSettings) {
  const pool = new Pool(url.origin, {
    connections: settings.connections,
    connectTimeout: settings.connectTimeoutMs,
    keepAliveTimeout: settings.idleMs,
    pipelining: 1,
  });
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: settings.openMs,
    breaker: new ConsecutiveBreaker(settings.failuresToOpen),
  });
  let inFlight = 0;

  return {
    url,
    pool,
    get inFlight() {
      return inFlight;
    },
    /** Whether the breaker refuses for now; a half-open one lets one request through to try. */
    get open() {
      return breaker.state === CircuitState.Open;
    },
    /** Runs one exchange; what it throws counts against the endpoint. */
    async exchange<T>(work: () => Promise<T>): Promise<T> {
      inFlight += 1;
      try {
        return await breaker.execute(work);
      } finally {
        inFlight -= 1;
      }
    },
    close: () => pool.close(),
  };
}
export type Endpoint = ReturnType<typeof createEndpoint>;
