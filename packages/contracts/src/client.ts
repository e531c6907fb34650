import type { z } from 'zod';
import { isRawBody, type Operation } from './operation.ts';
import { type ProblemBody, problemSchema } from './shapes.ts';

type Part<O, Name extends string, Optional extends boolean = false> = O extends {
  readonly [N in Name]: infer S extends z.ZodType;
}
  ? Optional extends true
    ? { [N in Name]?: z.input<S> }
    : { [N in Name]: z.input<S> }
  : unknown;

type RawBytes = string | Uint8Array<ArrayBuffer>;

type RawBody<O> = O extends { body: { raw: readonly string[] } }
  ? { body: RawBytes; mediaType: string }
  : unknown;

/** What a call of an operation needs: its params, query and body, as the schemas take them. */
export type CallInput<O extends Operation> = Part<O, 'params'> &
  Part<O, 'query', true> &
  Part<O, 'body'> &
  RawBody<O> & {
    /** RFC 9110 credentials, such as `Bearer …`. */
    authorization?: string;
    manageToken?: string;
    idempotencyKey?: string;
    signal?: AbortSignal;
  };

type Success = 200 | 201 | 202 | 204;

/** What a successful call answers, as the operation's schema of 200, 201 or 202 gives it. */
export type Answer<O extends Operation> = {
  [Status in keyof O['responses']]: Status extends Success
    ? O['responses'][Status] extends z.ZodType
      ? z.output<O['responses'][Status]>
      : undefined
    : never;
}[keyof O['responses']];

/** A call that was answered by a problem (RFC 9457). */
export class ProblemAnswer extends Error {
  readonly status: number;
  readonly code: string;
  readonly problem: ProblemBody;

  constructor(problem: ProblemBody) {
    super(`${problem.status} ${problem.code}: ${problem.detail ?? problem.title}`);
    this.name = 'ProblemAnswer';
    this.status = problem.status;
    this.code = problem.code;
    this.problem = problem;
  }
}

/** Anything that is not our answer: a proxy's page, a body that breaks the contract. */
export class UnexpectedAnswer extends Error {}

type AnyInput = {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  mediaType?: string;
  authorization?: string;
  manageToken?: string;
  idempotencyKey?: string;
  signal?: AbortSignal;
};

/** The URL of an operation with its params and query filled in, values percent-encoded. */
export function urlOf(
  base: string | URL,
  operation: Operation,
  { params = {}, query = {} }: Pick<AnyInput, 'params' | 'query'>,
): URL {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) url.searchParams.set(name, String(value));
  }
  return url;
}

function requestOf(operation: Operation, input: AnyInput): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (input.authorization) headers.authorization = input.authorization;
  if (input.manageToken) headers['x-manage-token'] = input.manageToken;
  if (input.idempotencyKey) headers['idempotency-key'] = input.idempotencyKey;
  if (input.body !== undefined) headers['content-type'] = input.mediaType ?? 'application/json';

  return {
    method: operation.method.toUpperCase(),
    headers,
    ...(input.body === undefined
      ? {}
      : {
          body: isRawBody(operation.body) ? (input.body as RawBytes) : JSON.stringify(input.body),
        }),
    ...(input.signal ? { signal: input.signal } : {}),
  };
}

async function problemOf(response: Response): Promise<Error> {
  const text = await response.text();
  try {
    return new ProblemAnswer(problemSchema.parse(JSON.parse(text)));
  } catch (cause) {
    return new UnexpectedAnswer(`${response.status} without a problem: ${text.slice(0, 200)}`, {
      cause,
    });
  }
}

/**
 * A typed client of Guichet's API over `fetch`, for programs and the page.
 *
 * `call` answers the parsed body (or `undefined` for 204), throws `ProblemAnswer` for a problem,
 * `UnexpectedAnswer` for anything else that was answered, and what `fetch` throws when nothing was.
 */
export function createClient({
  baseUrl,
  fetch = globalThis.fetch,
}: {
  baseUrl: string | URL;
  fetch?: typeof globalThis.fetch;
}) {
  return {
    async call<const O extends Operation>(operation: O, input: CallInput<O>): Promise<Answer<O>> {
      const given = input as AnyInput;
      const response = await fetch(urlOf(baseUrl, operation, given), requestOf(operation, given));
      if (!response.ok) throw await problemOf(response);

      const schema = operation.responses[response.status];
      if (schema === null) return undefined as Answer<O>;
      if (schema === undefined || !('parse' in schema)) {
        throw new UnexpectedAnswer(
          `${operation.id} answered ${response.status}, which it never declared`,
        );
      }
      return schema.parse(await response.json()) as Answer<O>;
    },
  };
}
export type Client = ReturnType<typeof createClient>;
