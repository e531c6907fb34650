import { eventually } from '@guichet/local-stack/e2e/eventually';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Purchase, purchase } from './purchase/purchase.ts';
import type { Span } from './purchase/span-receiver.ts';

const startMs = 300_000;

describe.each(['rabbit', 'postgres'] as const)('with messages by %s', (messages) => {
  let bought: Purchase;
  beforeAll(async () => {
    bought = await purchase(messages);
  }, startMs);
  afterAll(() => bought?.end(), startMs);

  /** The trace that begins with this request. */
  const traceOf = (name: string): Span[] => {
    const roots = bought.spans.filter((span) => span.name === name && span.parentId === '');
    expect(roots).toHaveLength(1);
    return bought.spans.filter(({ traceId }) => traceId === roots[0]?.traceId);
  };

  test('one trace leads from the request to pay to the e-mail', async () => {
    const told = (service: string, name: string) => expect.objectContaining({ service, name });
    const steps = [
      told('gateway', 'POST /api/payments'),
      told('payment', 'POST /api/payments'),
      told('reservation', 'POST /internal/bookings/{id}/begin-payment'),
      told('payment', 'call stripe'),
      told('payment', 'process payment.provider_events'),
      told('reservation', 'process reservation.payments'),
      told('notification', 'process notification.bookings'),
      told('notification', 'call mail'),
    ];

    // Spans are sent by their processes one after the other.
    await eventually(() =>
      expect(traceOf('POST /api/payments')).toEqual(expect.arrayContaining(steps)),
    );
  });

  test('every span of every trace has its parent in it', async () => {
    await eventually(() => {
      const ids = new Set(bought.spans.map(({ traceId, spanId }) => `${traceId} ${spanId}`));
      const orphans = bought.spans.filter(
        ({ traceId, parentId }) => parentId !== '' && !ids.has(`${traceId} ${parentId}`),
      );
      expect(orphans).toEqual([]);
    });
  });

  test('the provider’s webhook is linked with the trace that it goes on in', () => {
    const paying = traceOf('POST /api/payments');
    const webhooks = bought.spans.filter(
      ({ service, name }) => service === 'payment' && name === 'POST /api/webhooks/stripe',
    );
    const brought = paying.filter(({ name }) => name === 'process payment.provider_events');

    expect(brought.length).toBeGreaterThan(0);
    for (const { links } of brought) {
      expect(webhooks.map(({ traceId }) => traceId)).toContain(links[0]);
    }
  });

  test('the trace of a booking has the statement that placed it', () => {
    const placing = traceOf('POST /api/bookings').map(({ service, name }) => `${service} ${name}`);

    expect(placing).toContain('reservation POST /api/bookings');
    expect(placing.filter((one) => one.startsWith('reservation pg.query'))).not.toEqual([]);
  });
});
