import type { IncomingMessage } from 'node:http';
import { admissionHeader, admissionIdHeader } from '@guichet/contracts/lines';
import { queueAgeHeader } from '@guichet/http/queue-age';

/** RFC 9110 7.6.1: they speak of one connection, and end with it. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Said by us alone; from outside they would be a forgery. */
const ours = (name: string): boolean =>
  name.startsWith('x-forwarded-') ||
  name.startsWith('x-user-') ||
  name === 'x-real-ip' ||
  name === 'forwarded' ||
  name === 'x-request-id' ||
  name === 'x-request-deadline' ||
  // What was shown at the gate is nobody else’s; what it came to is ours to say.
  name === admissionHeader ||
  name === admissionIdHeader ||
  // Of the client's span, where ours is meant; there is one trace, and one header that names it.
  name === 'traceparent' ||
  name === 'tracestate' ||
  name === 'expect' ||
  name === 'host';

function namedByConnection(connection: string | undefined): ReadonlySet<string> {
  if (!connection) return new Set();
  return new Set(connection.split(',').map((name) => name.trim().toLowerCase()));
}

export type Passage = {
  readonly requestId: string;
  /** Unix milliseconds at which the caller stops waiting. */
  readonly deadline: number;
  readonly host: string;
  readonly protocol: 'http' | 'https';
  readonly clientAddress: string;
  /** The account that asks, where its token says one. */
  readonly subjectId?: string | undefined;
};

/** The headers that a service gets: the client's, less what is ours to say, plus what we say. */
export function requestHeaders(
  req: Pick<IncomingMessage, 'rawHeaders' | 'headers'>,
  passage: Omit<Passage, 'subjectId'>,
  admissionId?: string,
): string[] {
  const dropped = namedByConnection(req.headers.connection);
  const passed: string[] = [];
  for (let at = 0; at + 1 < req.rawHeaders.length; at += 2) {
    const name = (req.rawHeaders[at] ?? '').toLowerCase();
    if (hopByHop.has(name) || dropped.has(name) || ours(name)) continue;
    passed.push(name, req.rawHeaders[at + 1] ?? '');
  }
  passed.push(
    'x-request-id',
    passage.requestId,
    'x-request-deadline',
    String(passage.deadline),
    'x-forwarded-for',
    passage.clientAddress,
    'x-forwarded-host',
    passage.host,
    'x-forwarded-proto',
    passage.protocol,
  );
  if (admissionId !== undefined) passed.push(admissionIdHeader, admissionId);
  return passed;
}

/** How old a service says its queue is, in milliseconds, if it does. */
export function queueAgeOf(headers: NodeJS.Dict<string | string[]>): number | undefined {
  const said = headers[queueAgeHeader];
  return said === undefined ? undefined : Number(said) || 0;
}

/** The headers that a client gets: the service's, less those of its connection to us, or for us. */
export function responseHeaders(
  headers: NodeJS.Dict<string | string[]>,
): Record<string, string | string[]> {
  const connection = headers.connection;
  const dropped = namedByConnection(Array.isArray(connection) ? connection.join() : connection);
  const passed: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || hopByHop.has(name) || dropped.has(name)) continue;
    if (name === queueAgeHeader) continue;
    passed[name] = value;
  }
  return passed;
}
