import type { ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import { NoFault } from '@guichet/contracts/refusal';
import type { ProblemBody } from '@guichet/contracts/shapes';
import { trace } from '@opentelemetry/api';
import { sendJson } from './send-json.ts';

export type ProblemFields = {
  readonly status: number;
  /** Stable, snake_case; what a program decides on. */
  readonly code: string;
  /** A sentence for people: what is wrong and what to do. */
  readonly detail: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
};

/** A request that cannot be answered as asked, found at the edge. Business refusals are `Refusal`. */
export class Problem extends NoFault {
  readonly status: number;
  readonly code: string;
  readonly errors: ProblemFields['errors'];
  readonly headers: Readonly<Record<string, string>>;

  constructor({ status, code, detail, errors, headers = {}, cause }: ProblemFields) {
    super(detail, { cause });
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }
}

/** The body of a problem as RFC 9457 has it, with our `code` and the trace it happened in. */
export function problemBody(problem: Problem): ProblemBody {
  const traceId = trace.getActiveSpan()?.spanContext().traceId;
  return {
    type: `urn:guichet:problem:${problem.code}`,
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.message,
    code: problem.code,
    ...(traceId ? { traceId } : {}),
    ...(problem.errors ? { errors: [...problem.errors] } : {}),
  };
}

/** Answers with a problem. A response whose headers are sent already is broken off instead. */
export function sendProblem(res: ServerResponse, problem: Problem): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const headers = {
    ...problem.headers,
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  };
  sendJson(res, problem.status, headers, JSON.stringify(problemBody(problem)));
}
