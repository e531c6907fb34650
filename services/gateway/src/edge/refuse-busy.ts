import type { ServerResponse } from 'node:http';
import { Problem, problemBody } from '@guichet/http/problem';
import { varies } from './cors.ts';
import { securityHeaders } from './security-headers.ts';

/** One for all: to make another, with its stack, would cost more than the rest of the refusal. */
export const busy = new Problem({
  status: 503,
  code: 'busy',
  detail: 'Too many people ask for this at once. Try again with the same Idempotency-Key.',
  headers: { 'retry-after': '1' },
});

const body = JSON.stringify(problemBody(busy));
const head = Object.entries({
  ...Object.fromEntries(securityHeaders),
  ...busy.headers,
  vary: varies,
  'content-type': 'application/problem+json',
  'cache-control': 'no-store',
  'content-length': String(Buffer.byteLength(body)),
}).flat();

/**
 * Answers `busy` to whoever asks from no other origin and is in no trace, all of it written
 * beforehand but the id: in a rush most answers are this one.
 */
export function refuseBusy(res: ServerResponse, requestId: string): void {
  res.writeHead(busy.status, [...head, 'x-request-id', requestId]).end(body);
}
