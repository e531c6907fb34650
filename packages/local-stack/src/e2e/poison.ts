import { newId } from '@guichet/contracts/ids';
import { connectBus } from '@guichet/messaging/connect-bus';
import { createMessage } from '@guichet/messaging/message';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { expect } from 'vitest';
import { eventually } from './eventually.ts';
import { guestBuys } from './purchases.ts';
import type { World } from './world.ts';

const consumer = 'reservation.payments';

/** Money for a booking that is none: no retry can help. */
const poison = () => {
  const bookingId = newId();
  return createMessage({
    source: 'payment',
    type: 'payment.succeeded',
    subject: bookingId,
    sequence: 1,
    data: {
      paymentId: bookingId,
      bookingId,
      organiserId: newId(),
      reference: 'NOBODY-1',
      provider: 'stripe',
      providerRef: 'pi_nobody',
      amountCents: 2_100,
      currency: 'EUR',
    },
  });
};

export const poisonIsParked = async (world: World): Promise<void> => {
  const logger = createLogger({ service: 'e2e', level: 'silent' });
  const metrics = createMetrics({ service: 'e2e' });
  const bus = await connectBus({ url: world.rabbit?.url ?? '', logger, metrics });
  try {
    const message = poison();
    await bus.publish(message);

    await guestBuys(world);
    const parked = await eventually(async () => {
      const found = (await bus.parked(consumer).list()).find(({ id }) => id === message.id);
      if (!found) throw new Error('Nothing is parked yet.');
      return found;
    });
    expect(parked.error).toContain(message.subject);
    const why = { by: 'e2e', reason: 'It was a test.' };
    expect(await bus.parked(consumer).discard(parked.id, why)).toBe(true);
  } finally {
    await bus.close();
  }
};
