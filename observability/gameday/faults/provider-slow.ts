import type { Fault } from '../fault.ts';

export const providerSlow: Fault = {
  name: 'provider-slow',
  does: 'The payment provider takes four seconds for each call',
  alert: 'GuichetPaymentProviderSlow',
  where: ['machine', 'cluster'],
  load: { of: 'purchases', everyMs: 500 },
  async inject({ stripe }, undo) {
    undo(await stripe({ fault: 'latency', ms: 4_000 }));
  },
};
