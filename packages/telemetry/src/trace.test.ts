import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { beforeEach, expect, test, vi } from 'vitest';
import { currentTraceparent, inConsumerSpan } from './trace.ts';
import { keepSpans } from './tracing-test.ts';

const spans = keepSpans();
beforeEach(() => spans.reset());

const traceId = '0af7651916cd43dd8448eb211c80319c';
const maker = 'b7ad6b7169203331';
const message = (flags: string) => ({
  traceparent: `00-${traceId}-${maker}-${flags}`,
  consumer: 'test.consumer',
  messageId: 'm1',
});

const ended = () =>
  vi.waitFor(() => {
    const all = spans.getFinishedSpans();
    expect(all).not.toHaveLength(0);
    return all;
  });

test('a message is handled in a span of its own, in the trace of what made it', async () => {
  const inside = await inConsumerSpan(message('01'), async () => currentTraceparent());

  const [span] = await ended();
  expect(span).toMatchObject({
    name: 'process test.consumer',
    kind: SpanKind.CONSUMER,
    parentSpanContext: { traceId, spanId: maker },
    attributes: { 'messaging.destination.name': 'test.consumer', 'messaging.message.id': 'm1' },
  });
  expect(inside).toBe(`00-${traceId}-${span?.spanContext().spanId}-01`);
});

test('a handler that fails fails its span, and its error goes on', async () => {
  const handling = inConsumerSpan(message('01'), async () => {
    throw new Error('cannot digest this');
  });

  await expect(handling).rejects.toThrow('cannot digest this');
  expect(await ended()).toMatchObject([{ status: { code: SpanStatusCode.ERROR } }]);
});

test('what a request brought is in the trace of what made it, and linked with the request', async () => {
  await inConsumerSpan({ ...message('01'), traceparent: undefined }, () =>
    inConsumerSpan({ ...message('01'), messageId: 'm2' }, async () => {}),
  );

  const [brought, bringer] = await vi.waitFor(() => {
    const all = spans.getFinishedSpans();
    expect(all).toHaveLength(2);
    return all;
  });
  expect(brought?.parentSpanContext).toMatchObject({ traceId, spanId: maker });
  expect(brought?.links).toMatchObject([{ context: bringer?.spanContext() }]);
  expect(bringer?.links).toEqual([]);
});

test('what is not sampled stays in its trace and leaves no span', async () => {
  const inside = await inConsumerSpan(message('00'), async () => currentTraceparent());

  await inConsumerSpan({ ...message('01'), messageId: 'm2' }, async () => {});

  expect(inside).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
  expect(await ended()).toMatchObject([{ attributes: { 'messaging.message.id': 'm2' } }]);
});
