import { setTimeout as sleep } from 'node:timers/promises';
import { askStandIn, clearFaults } from '@guichet/local-stack/e2e/stripe-books';
import type { Fault } from './fault.ts';

const misbehave = (name: string, ...faults: object[]): Fault => ({
  name,
  async happen({ world }) {
    for (const fault of faults) await askStandIn(world, '/faults', fault);
    await sleep(4_000);
    await clearFaults(world);
  },
});

export const providerFaults: readonly Fault[] = [
  misbehave('webhooks dropped', { fault: 'webhook_drop' }),
  misbehave('webhooks doubled', { fault: 'webhook_duplicate', copies: 3 }),
  misbehave('webhooks shuffled', { fault: 'webhook_reorder', ms: 1_000 }),
  misbehave(
    'answers of Stripe lost',
    { fault: 'execute_then_drop', operation: 'payment_intents.create', times: 4 },
    { fault: 'execute_then_drop', operation: 'payment_intents.cancel', times: 4 },
    { fault: 'execute_then_drop', operation: 'refunds.create', times: 4 },
  ),
];
