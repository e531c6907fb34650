import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { Pool } from 'undici';
import { ClientBrokeOff } from '../proxy/exchange.ts';
import { createQueueAge } from './queue-age.ts';

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
  const connecting = {
    connectTimeout: settings.connectTimeoutMs,
    keepAliveTimeout: settings.idleMs,
    pipelining: 1,
  };
  const pool = new Pool(url.origin, { ...connecting, connections: settings.connections });
  // As many as the service lets listen, or a few hundred of them would leave no connection to calls.
  const streamPool = new Pool(url.origin, { ...connecting, connections: null });
  // Or whoever hangs up five times would put the service out of everybody's reach.
  const itsFault = handleWhen((error) => !(error instanceof ClientBrokeOff));
  const breaker = circuitBreaker(itsFault, {
    halfOpenAfter: settings.openMs,
    breaker: new ConsecutiveBreaker(settings.failuresToOpen),
  });
  let inFlight = 0;
  let restsUntil = 0;
  breaker.onBreak(() => {
    restsUntil = Date.now() + settings.openMs;
  });

  return {
    url,
    pool,
    /** For answers that go on for as long as somebody listens. */
    streamPool,
    /** Of those that wait for one of `pool`'s connections, and of what the service says. */
    queueAge: createQueueAge(),
    get inFlight() {
      return inFlight;
    },
    /**
     * Whether it rests. The breaker leaves its open state only when somebody asks again, so the
     * time is looked at too: a state alone would rest for ever, since nobody asks what is open.
     */
    get open() {
      return breaker.state === CircuitState.Open && Date.now() < restsUntil;
    },
    /** Runs one exchange; what it throws counts against the endpoint, unless the client broke off. */
    async exchange<T>(work: () => Promise<T>): Promise<T> {
      inFlight += 1;
      try {
        return await breaker.execute(work);
      } finally {
        inFlight -= 1;
      }
    },
    /** Takes nothing new, and resolves when what is in flight has ended. */
    close: async (): Promise<void> => {
      await Promise.all([pool.close(), streamPool.close()]);
    },
  };
}
export type Endpoint = ReturnType<typeof createEndpoint>;
