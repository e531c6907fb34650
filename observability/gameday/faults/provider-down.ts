import type { Fault } from '../fault.ts';

export const providerDown: Fault = {
  name: 'provider-down',
  does: 'The payment provider hangs up on every call',
  alert: 'GuichetPaymentProviderFailing',
  where: ['machine', 'cluster'],
  load: { of: 'purchases', everyMs: 500 },
  async inject({ stripe }, undo) {
    undo(await stripe({ fault: 'drop' }));
  },
};
