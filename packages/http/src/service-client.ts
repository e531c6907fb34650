import { type Answer, type CallInput, urlOf } from '@guichet/contracts/client';
import type { Operation } from '@guichet/contracts/operation';
import { type ProblemBody, problemSchema } from '@guichet/contracts/shapes';
import type { Discovery } from '@guichet/discovery/discovery';
import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleType,
  retry,
  wrap,
} from 'cockatiel';
import { Agent, request } from 'undici';

/** The service could not be asked, or did not answer in time. Whether it acted is not known. */
export class ServiceUnavailable extends Error {}

/** The service answered with a problem. */
export class ServiceProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;

  constructor(service: string, { status, code, detail, title }: ProblemBody) {
    super(`${service} answered ${status} ${code}: ${detail ?? title}`);
    this.name = 'ServiceProblem';
    this.status = status;
    this.code = code;
    this.detail = detail ?? title;
  }
}

type Call = {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  idempotencyKey?: string;
  /** Unix milliseconds after which the answer is of no use; the default is `timeoutMs` from now. */
  deadline?: number;
};

const repeatable = ({ method }: Operation, { idempotencyKey }: Call) =>
  method === 'get' || method === 'put' || method === 'delete' || idempotencyKey !== undefined;

/**
 * Calls another service in this one's name.
 *
 * Every call has a deadline, which the other side is told; a service that failed five times in a
 * row is left alone for two seconds; calls that are safe to repeat (GET, PUT, DELETE, or with an
 * idempotency key) are tried three times. `call` answers the parsed body, throws `ServiceProblem`
 * for a problem with a status below 500, `ServiceUnavailable` for everything else.
 */
export function createServiceClient({
  service,
  discovery,
  token,
  timeoutMs = 5_000,
}: {
  service: string;
  discovery: Discovery;
  /** Its own access token; without it only what is public can be called. */
  token?: () => Promise<string>;
  timeoutMs?: number;
}) {
  // Idle connections end before the other side's keep-alive does.
  const agent = new Agent({ connections: 32, keepAliveTimeout: 4_000, connectTimeout: 1_000 });
  const unavailable = handleType(ServiceUnavailable);
  const breaker = circuitBreaker(unavailable, {
    halfOpenAfter: 2_000,
    breaker: new ConsecutiveBreaker(5),
  });
  const retried = wrap(
    retry(unavailable, {
      maxAttempts: 2,
      backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 500 }),
    }),
    breaker,
  );
  let turn = 0;

  function address(): URL {
    const addresses = discovery.addresses(service);
    turn += 1;
    const chosen = addresses[turn % addresses.length];
    if (!chosen) throw new ServiceUnavailable(`${service} has no address`);
    return chosen;
  }

  async function send(
    operation: Operation,
    call: Call,
  ): Promise<{ status: number; body: unknown }> {
    const deadline = call.deadline ?? Date.now() + timeoutMs;
    const leftMs = deadline - Date.now();
    if (leftMs <= 0) throw new ServiceUnavailable(`no time is left to ask ${service}`);
    try {
      const { statusCode, body } = await request(urlOf(address(), operation, call), {
        dispatcher: agent,
        method: operation.method.toUpperCase() as 'GET',
        headers: {
          ...(token ? { authorization: `Bearer ${await token()}` } : {}),
          accept: 'application/json',
          'x-request-deadline': String(deadline),
          ...(call.idempotencyKey ? { 'idempotency-key': call.idempotencyKey } : {}),
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        signal: AbortSignal.timeout(leftMs),
      });
      const text = await body.text();
      return { status: statusCode, body: text === '' ? undefined : JSON.parse(text) };
    } catch (cause) {
      throw new ServiceUnavailable(`${service} did not answer ${operation.id}`, { cause });
    }
  }

  async function attempt(operation: Operation, call: Call): Promise<unknown> {
    const { status, body } = await send(operation, call);
    if (status >= 500) throw new ServiceUnavailable(`${service} answered ${status}`);
    if (status >= 400) throw new ServiceProblem(service, problemSchema.parse(body));
    const schema = operation.responses[status];
    return schema && 'parse' in schema ? schema.parse(body) : undefined;
  }

  return {
    async call<const O extends Operation>(
      operation: O,
      input: Omit<CallInput<O>, 'authorization' | 'manageToken' | 'signal'> & { deadline?: number },
    ): Promise<Answer<O>> {
      const call = input as Call;
      const policy = repeatable(operation, call) ? retried : breaker;
      try {
        return (await policy.execute(() => attempt(operation, call))) as Answer<O>;
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error;
        throw new ServiceUnavailable(`${service} is left alone for a moment`, { cause: error });
      }
    },
    close: () => agent.close(),
  };
}
export type ServiceClient = ReturnType<typeof createServiceClient>;
