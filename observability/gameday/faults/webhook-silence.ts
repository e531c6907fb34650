import type { Fault } from '../fault.ts';

export const webhookSilence: Fault = {
  name: 'webhook-silence',
  does: 'The payment provider tells of nothing: no webhook arrives',
  alert: 'GuichetWebhooksSilent',
  where: ['machine', 'cluster'],
  load: { of: 'purchases', everyMs: 2_000 },
  // Money is known of only when the reconciliation has looked after what nothing was heard of.
  slackMs: 240_000,
  async inject({ stripe }, undo) {
    undo(await stripe({ fault: 'webhook_drop' }));
  },
};
