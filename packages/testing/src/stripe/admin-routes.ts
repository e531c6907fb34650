import { json, Router } from 'express';
import { z } from 'zod';
import { faultRoutes } from '../fault-list.ts';
import type { Account } from './account.ts';
import type { WebhookSender } from './delivery/webhook-sender.ts';
import { type Faults, faultSchema } from './faults.ts';
import { getIntent, payAnyway } from './payments/payment-intents.ts';
import { resolveMethod } from './payments/payment-methods.ts';
import type { Work } from './work.ts';

const resendBody = z.strictObject({
  eventIds: z.array(z.string()).optional(),
  types: z.array(z.string()).optional(),
  /** Those too that were delivered before. */
  delivered: z.boolean().default(false),
  order: z.enum(['oldest_first', 'newest_first']).default('oldest_first'),
});
export type Resend = z.input<typeof resendBody>;

export const resendEvents = async (
  account: Account,
  webhooks: WebhookSender,
  asked: Resend,
): Promise<number> => {
  const { eventIds, types, delivered, order } = resendBody.parse(asked);
  const chosen = [...account.events.values()].filter(
    ({ event, delivered: wasDelivered }) =>
      (eventIds ? eventIds.includes(event.id) : delivered || !wasDelivered) &&
      (types?.includes(event.type) ?? true),
  );
  if (order === 'newest_first') chosen.reverse();
  await webhooks.resend(chosen);
  return chosen.length;
};

/** What Stripe does not have: faults on demand, and a look at what was delivered. */
export const adminRoutes = ({
  account,
  faults,
  webhooks,
  workFor,
  changed,
}: {
  account: Account;
  faults: Faults;
  webhooks: WebhookSender;
  workFor(request: null): Work;
  changed(): void;
}): Router => {
  const routes = Router();
  routes.use(json());

  routes.use(faultRoutes(faults, faultSchema));

  routes.get('/webhooks', (_req, res) => {
    const items = [...account.events.values()].map(({ event, ...delivery }) => ({
      eventId: event.id,
      type: event.type,
      ...delivery,
    }));
    res.json({ items });
  });
  routes.post('/webhooks/resend', async (req, res) => {
    const parsed = resendBody.safeParse(req.body ?? {});
    if (!parsed.success) res.status(400).json({ error: z.prettifyError(parsed.error) });
    else res.json({ sent: await resendEvents(account, webhooks, parsed.data) });
  });

  routes.post('/payment_intents/:id/pay_anyway', (req, res) => {
    const work = workFor(null);
    const intent = payAnyway(
      work,
      getIntent(work, req.params.id),
      resolveMethod(work, 'pm_card_visa'),
    );
    changed();
    res.json(intent);
  });

  return routes;
};
