import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Operation } from '@guichet/contracts/operation';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Subject } from './subject.ts';

type Parsed<O, Name extends string> = O extends {
  readonly [N in Name]: infer S extends z.ZodType;
}
  ? z.output<S>
  : O extends { readonly [N in Name]: { raw: readonly string[] } }
    ? Buffer
    : undefined;

/** Whoever holds a permission acts for an organiser. */
type SubjectOf<Access> = Access extends 'public' | 'booking'
  ? Subject | undefined
  : Access extends { permission: unknown }
    ? Subject & { readonly organiserId: string }
    : Subject;

/** What a handler gets: everything parsed, who asks, and Express's own for the answer. */
export type Call<O extends Operation> = {
  readonly params: Parsed<O, 'params'>;
  readonly query: Parsed<O, 'query'>;
  readonly body: Parsed<O, 'body'>;
  readonly headers: IncomingHttpHeaders;
  /** Always there where the operation's access asks for one. */
  readonly subject: SubjectOf<O['access']>;
  readonly manageToken: string | undefined;
  /** Always there where the operation requires one. */
  readonly idempotencyKey: O extends { idempotency: 'required' } ? string : string | undefined;
  /** Of what was asked: the path and the parsed body, in canonical order. */
  readonly bodyHash: string;
  /** Unix milliseconds at which the caller stops waiting, where it says so. */
  readonly deadline: number | undefined;
  readonly req: Request;
  readonly res: Response;
};
export type Handler<O extends Operation> = (call: Call<O>) => Promise<void> | void;

/** The same without Express: its request is Node's, and so is its answer. */
export type PlainCall<O extends Operation> = Omit<Call<O>, 'req' | 'res'> & {
  readonly res: ServerResponse;
};
export type PlainHandler<O extends Operation> = (call: PlainCall<O>) => Promise<void> | void;

/** A response with what is known of its request, as Express has it too. */
export type Answer = ServerResponse & {
  locals: {
    route?: string;
    streams?: boolean | undefined;
    subject?: Subject | undefined;
    /** By `performance.now()`. */
    began?: number;
    traceId?: string | undefined;
  };
};
/** Answers a request whose operation is known; what it throws is to be answered as a problem. */
export type PlainRoute = (req: IncomingMessage, res: Answer) => Promise<void>;
