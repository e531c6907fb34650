import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

/** What Node publishes before a server's listeners are called. */
type Started = { request: IncomingMessage; response: Answer };
/** With what Express, or whoever routes, knows of the request. */
type Answer = ServerResponse & { locals?: { route?: string } };

/** What is asked every few seconds by whoever watches is no trace that anybody reads. */
const isWatching = (url: string) => url.startsWith('/health') || url.startsWith('/metrics');

/** By the semantic conventions of HTTP; without what may name a person or be a secret. */
function whatIsAsked({ method = 'GET', url = '/', headers, httpVersion, socket }: IncomingMessage) {
  const { host = '' } = headers;
  const [path = '/'] = url.split('?', 1);
  const port = /:(\d+)$/.exec(host)?.[1];
  return {
    'http.request.method': method,
    'url.scheme': 'encrypted' in socket ? 'https' : 'http',
    'url.path': path,
    'server.address': host.replace(/:\d+$/, ''),
    'server.port': port === undefined ? undefined : Number(port),
    'network.protocol.version': httpVersion,
    'user_agent.original': headers['user-agent'],
  };
}

function end(span: Span, method: string, { locals, statusCode, writableFinished }: Answer): void {
  if (locals?.route) {
    span.updateName(`${method} ${locals.route}`);
    span.setAttribute('http.route', locals.route);
  }
  span.setAttribute('http.response.status_code', statusCode);
  if (statusCode >= 500) {
    span.setAttribute('error.type', String(statusCode));
    span.setStatus({ code: SpanStatusCode.ERROR });
  } else if (!writableFinished) {
    // The client left, which is no fault of ours.
    span.setAttribute('error.type', 'aborted');
  }
  span.end();
}

function begin({ request, response }: Started): void {
  const { method = 'GET', url = '/', headers } = request;
  if (isWatching(url)) return;
  const parent = propagation.extract(ROOT_CONTEXT, headers);
  const span = trace.getTracer('guichet').startSpan(method, { kind: SpanKind.SERVER }, parent);
  // Until Node has called the server's listeners, and in all that they begin.
  context.attach(trace.setSpan(parent, span));
  if (!span.isRecording()) return;
  span.setAttributes(whatIsAsked(request));
  // `close` and not `finish`: a client that leaves never lets a response finish.
  response.once('close', () => end(span, method, response));
}

/**
 * Gives each request of Node's HTTP servers a span, active in all that its listener does: a few
 * microseconds, where wrapping the server, both streams and Express takes a hundred. One that is
 * not sampled has its trace's id and nothing else.
 */
export function traceRequests(): void {
  subscribe('http.server.request.start', (started) => begin(started as Started));
}
