import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyLimitOf, type Operation } from '@guichet/contracts/operation';
import { Problem } from '@guichet/http/problem';
import { BrokenCircuitError } from 'cockatiel';
import type { Dispatcher, Pool } from 'undici';
import type { LiveSettings } from '../config.ts';
import { busy } from '../edge/refuse-busy.ts';
import type { GateKeeper } from '../gate/gate.ts';
import type { Endpoint } from '../upstreams/endpoint.ts';
import type { Turn } from '../upstreams/queue-age.ts';
import type { Shed } from '../upstreams/shed.ts';
import type { Upstreams } from '../upstreams/upstreams.ts';
import { type Call, exchange, NoAnswer, NotAsked } from './exchange.ts';
import { type Passage, requestHeaders } from './forwarded-headers.ts';
import { canBeKept, keepBody } from './kept-body.ts';
import { limitBody } from './limit-body.ts';
import type { Streams } from './streams.ts';

const unavailable = (service: string, cause?: unknown) =>
  new Problem({
    status: 503,
    code: 'service_unavailable',
    detail: `${service} cannot answer at the moment. Try again in a few seconds.`,
    headers: { 'retry-after': '2' },
    cause,
  });

const isSafe = (method: string) => method === 'GET' || method === 'HEAD';
const hasBody = (req: IncomingMessage) =>
  req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;

/**
 * Passes a request on to a service and its answer back. A request that got no byte of an answer is
 * tried once more, on another endpoint where there is one, if doing it twice is doing it once: a
 * safe method, or a small body with an Idempotency-Key. One that no endpoint has seen a byte of is
 * tried once more in any case: an endpoint that is gone and not yet forgotten costs nobody anything.
 *
 * A stream counts as answered when it has begun. Until it ends, nobody waits for it: neither the
 * breaker, which would try nothing else meanwhile, nor the choice of the less busy endpoint.
 */
export function createForward({
  upstreams,
  streams,
  shed,
  gate,
  live,
}: {
  upstreams: Upstreams;
  streams: Streams;
  shed: Shed;
  gate: GateKeeper;
  live: () => Pick<LiveSettings, 'bodyLimitBytes' | 'keptBodyBytes' | 'queueBudgetMs'>;
}) {
  async function tryOnce(
    endpoint: Endpoint,
    call: Omit<Call, 'timeoutMs'>,
    deadline: number,
    res: ServerResponse,
  ) {
    const timeoutMs = Math.max(1, deadline - Date.now());
    const begin = (pool: Pool, turn?: Turn) => exchange(pool, { ...call, timeoutMs }, res, turn);
    if (!call.streams) {
      await endpoint.exchange(() => begin(endpoint.pool, endpoint.queueAge.enter()).ended);
      return;
    }
    const stream = await endpoint.exchange(async () => {
      const underWay = begin(endpoint.streamPool);
      await Promise.race([underWay.begun, underWay.ended]);
      return underWay;
    });
    await streams.follow(stream);
  }

  return async function forward(
    req: IncomingMessage,
    res: ServerResponse,
    operation: Operation,
    passage: Passage,
  ): Promise<void> {
    const { service, streams: isStream } = operation;
    const { bodyLimitBytes, keptBodyBytes, queueBudgetMs } = live();
    const withinMs = operation.sheds ? queueBudgetMs : undefined;
    const limitBytes = bodyLimitOf(operation, bodyLimitBytes);
    const limited = hasBody(req) ? limitBody(req, limitBytes) : null;
    const isKept = canBeKept(req, keptBodyBytes) || gate.readsBodyOf(operation);
    const kept = limited && isKept ? await keepBody(limited) : null;
    const admissionId = gate.check({
      operation,
      path: req.url ?? '/',
      headers: req.headers,
      body: kept,
      subjectId: passage.subjectId,
    });
    const call = {
      method: req.method as Dispatcher.HttpMethod,
      path: req.url ?? '/',
      headers: requestHeaders(req, passage, admissionId),
      body: kept ?? limited,
      streams: isStream === true,
    };
    const repeatable =
      isSafe(call.method) ||
      (req.headers['idempotency-key'] !== undefined && (kept !== null || limited === null));

    // Again, and nothing is awaited from here to the line: its body may have been long in coming.
    if (shed.refusesInLine(operation)) throw busy;
    const first = upstreams.choose(service, { withinMs });
    if (!first) throw unavailable(service);
    try {
      return await tryOnce(first, call, passage.deadline, res);
    } catch (error) {
      if (limited?.destroyed && limited.errored instanceof Problem) throw limited.errored;
      const notAsked = error instanceof NotAsked || error instanceof BrokenCircuitError;
      if (!notAsked && !(error instanceof NoAnswer)) throw error;
      const second = upstreams.choose(service, { besides: first, withinMs });
      if (!(repeatable || notAsked) || !second || res.destroyed || Date.now() >= passage.deadline) {
        throw unavailable(service, error);
      }
      return await tryOnce(second, call, passage.deadline, res).catch((cause) => {
        throw cause instanceof NoAnswer || cause instanceof BrokenCircuitError
          ? unavailable(service, cause)
          : cause;
      });
    }
  };
}
export type Forward = ReturnType<typeof createForward>;
