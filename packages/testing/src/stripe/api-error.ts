import type Stripe from 'stripe';
import type { z } from 'zod';

export type ErrorBody = {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  charge?: string;
  payment_intent?: Stripe.PaymentIntent;
  payment_method?: Stripe.PaymentMethod;
};

/** What Stripe answers with `{ error: … }`. */
export class ApiError extends Error {
  readonly status: number;
  readonly error: ErrorBody;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, error: ErrorBody, headers: Record<string, string> = {}) {
    super(error.message);
    this.name = 'ApiError';
    this.status = status;
    this.error = error;
    this.headers = headers;
  }
}

export const invalidRequest = (
  message: string,
  details: Partial<Omit<ErrorBody, 'type' | 'message'>> = {},
  status = 400,
): ApiError => new ApiError(status, { type: 'invalid_request_error', message, ...details });

export const noSuch = (object: string, id: string): ApiError =>
  invalidRequest(`No such ${object}: '${id}'`, { code: 'resource_missing', param: 'id' }, 404);

const paramName = (path: readonly PropertyKey[]): string =>
  path.map((part, at) => (at === 0 ? String(part) : `[${String(part)}]`)).join('');

/** The first thing wrong with the parameters, in Stripe's words. */
export const wrongParams = (error: z.ZodError): ApiError => {
  const [issue] = error.issues;
  if (!issue) return invalidRequest('Invalid request.');

  if (issue.code === 'unrecognized_keys') {
    const param = paramName([...issue.path, ...issue.keys.slice(0, 1)]);
    return invalidRequest(`Received unknown parameter: ${param}`, {
      code: 'parameter_unknown',
      param,
    });
  }

  const param = paramName(issue.path);
  return issue.code === 'invalid_type' && issue.input === undefined
    ? invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
    : invalidRequest(`Invalid ${param}: ${issue.message}`, { code: 'parameter_invalid', param });
};
