import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listening } from '@guichet/testing/listening';
import { bytesIn, type Fields, fieldsOf, messagesIn, numberIn } from './protobuf.ts';

export type Span = {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty where it is the first of its trace. */
  readonly parentId: string;
  /** As OpenTelemetry counts them on the wire: 2 server, 3 client, 5 consumer. */
  readonly kind: number;
  /** Traces that it is linked with. */
  readonly links: readonly string[];
};

const hexIn = (fields: Fields, number: number) => bytesIn(fields, number).toString('hex');
const textIn = (fields: Fields, number: number) => bytesIn(fields, number).toString('utf8');

/** Field numbers are those of opentelemetry/proto/trace/v1/trace.proto. */
function spansIn(request: Buffer): Span[] {
  return messagesIn(fieldsOf(request), 1).flatMap((resourceSpans) => {
    const attributes = messagesIn(resourceSpans, 1).flatMap((resource) => messagesIn(resource, 1));
    const named = attributes.find((one) => textIn(one, 1) === 'service.name');
    const service = named ? textIn(fieldsOf(bytesIn(named, 2)), 1) : '';
    const spans = messagesIn(resourceSpans, 2).flatMap((scope) => messagesIn(scope, 2));
    return spans.map((span) => ({
      service,
      traceId: hexIn(span, 1),
      spanId: hexIn(span, 2),
      parentId: hexIn(span, 4),
      name: textIn(span, 5),
      kind: numberIn(span, 6),
      links: messagesIn(span, 13).map((link) => hexIn(link, 1)),
    }));
  });
}

/** Takes spans as a collector does, by OTLP over HTTP, and keeps them. */
export async function startSpanReceiver() {
  const spans: Span[] = [];
  const server = await listening(
    createServer(async (req, res) => {
      spans.push(...spansIn(await buffer(req)));
      res.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    }),
  );
  return { url: server.url, spans, close: server.close };
}
