import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import type Stripe from 'stripe';
import { type Account, stripeId } from './account.ts';
import { ApiError, wrongParams } from './api-error.ts';
import { authenticate, type Keys } from './authentication.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { expand } from './expand.ts';
import type { Fault, Faults } from './faults.ts';
import { decodeForm, type Form } from './form.ts';
import { type Answer, claimKey, fingerprintOf, keepAnswer } from './idempotency.ts';
import { publishableView } from './objects/payment-intent-object.ts';
import type { Work } from './work.ts';

export type Desk = {
  account: Account;
  faults: Faults;
  keys: Keys;
  now(): number;
  workFor(request: Stripe.Event.Request | null, settleAfterMs?: number): Work;
  changed(): void;
};

const errorAnswer = (thrown: unknown, call?: Call<never>): Answer => {
  if (!(thrown instanceof ApiError)) throw thrown;
  const { status, headers, error } = thrown;
  const intent = error.payment_intent;
  const shown = call?.byPage && intent ? { payment_intent: publishableView(intent) } : {};
  return { status, headers: { ...headers }, body: { error: { ...error, ...shown } } };
};

const formOf = (req: Request): Form => {
  const query = req.originalUrl.split('?')[1] ?? '';
  return decodeForm(req.method === 'GET' ? query : String(req.body ?? ''));
};

const parseParams = (endpoint: Endpoint, form: Form) => {
  const { key: _key, ...given } = form;
  const parsed = endpoint.params.safeParse(given, { reportInput: true });
  if (!parsed.success) throw wrongParams(parsed.error);
  return parsed.data;
};

const execute = (desk: Desk, endpoint: Endpoint, call: Call<never>): Answer => {
  try {
    const result = endpoint.run(call);
    const { expand: paths = [] } = call.params as { expand?: string[] };
    const body = expand(desk.account, structuredClone(result), paths);
    return { status: 200, headers: {}, body };
  } catch (error) {
    return errorAnswer(error, call);
  }
};

const send = (res: Response, answer: Answer): void => {
  res.status(answer.status).set(answer.headers).json(answer.body);
};

const serverError: Answer = {
  status: 500,
  // Stripe says so of most of its 500s: the same key would only replay it.
  headers: { 'Stripe-Should-Retry': 'false' },
  body: {
    error: {
      type: 'api_error',
      message: 'An unknown error occurred. (A fault that was asked for.)',
    },
  },
};

/** Faults that come before anything was done. Says whether the request is to go on. */
const meetFaults = (
  { faults }: Desk,
  { name }: Endpoint,
  { id, res }: { id: string; res: Response },
): boolean => {
  if (faults.take('drop', name, id)) {
    res.socket?.resetAndDestroy();
    return false;
  }
  if (faults.take('rate_limit', name, id)) {
    throw new ApiError(429, {
      type: 'invalid_request_error',
      code: 'rate_limit',
      message: 'Request rate limit exceeded.',
    });
  }
  return true;
};

/** Does the work, keeps its answer for the key, and answers, unless a fault wants otherwise. */
const executeAndAnswer = async (
  desk: Desk,
  endpoint: Endpoint,
  call: Call<never>,
  { key, res }: { key: string | undefined; res: Response },
): Promise<void> => {
  const { account, faults } = desk;
  const take = <K extends Fault['fault']>(kind: K) => faults.take(kind, endpoint.name, call.id);
  const latency = take('latency');
  if (latency) await sleep(latency.ms);

  const done = execute(desk, endpoint, call);
  const answer = take('execute_then_500') ? serverError : done;
  if (key !== undefined) keepAnswer(account.answers, key, structuredClone(answer));
  desk.changed();

  const wait = take('execute_then_wait');
  if (wait) await sleep(wait.ms);
  if (take('execute_then_drop')) res.socket?.resetAndDestroy();
  else send(res, answer);
};

/** Serves one endpoint: key, parameters, idempotency, the work, in Stripe's order. */
export const serve = (desk: Desk, endpoint: Endpoint): RequestHandler => {
  const handle = async (req: Request, res: Response): Promise<void> => {
    const requestId = stripeId('req');
    const key = req.method === 'POST' ? req.get('idempotency-key') : undefined;
    res.set('Request-Id', requestId);
    if (key !== undefined) res.set('Idempotency-Key', key);

    const form = formOf(req);
    const formKey = typeof form.key === 'string' ? form.key : undefined;
    const { byPage } = authenticate(
      { authorization: req.get('authorization'), formKey },
      endpoint,
      desk.keys,
    );
    const id = String(req.params.id ?? '');
    if (!meetFaults(desk, endpoint, { id, res })) return;
    const params = parseParams(endpoint, form) as never;

    if (key !== undefined) {
      const fingerprint = fingerprintOf(req.method, req.path, String(req.body ?? ''));
      const kept = claimKey(desk.account.answers, { key, fingerprint, at: desk.now(), requestId });
      if (kept?.answer) {
        res.set({ 'Idempotent-Replayed': 'true', 'Original-Request': kept.requestId });
        send(res, kept.answer);
        return;
      }
    }
    const settleLater = desk.faults.take('settle_later', endpoint.name, id);
    const work = desk.workFor({ id: requestId, idempotency_key: key ?? null }, settleLater?.ms);
    const call = { work, id, params, byPage };
    await executeAndAnswer(desk, endpoint, call, { key, res });
  };

  return async (req, res) => {
    try {
      await handle(req, res);
    } catch (error) {
      send(res, errorAnswer(error));
    }
  };
};
