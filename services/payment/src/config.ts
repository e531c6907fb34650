import { loadConfig } from '@guichet/config/load-config';
import { common, documents, messaging, secret, serviceAccount } from '@guichet/config/setting';
import { z } from 'zod';

const ms = z.coerce.number().int().positive();

export const settings = z.object({
  ...common,
  ...serviceAccount,
  ...documents,
  ...messaging,
  mongoDatabase: z
    .string()
    .default('payment')
    .describe('The service’s own database; named like it, so that a shared server stays readable.'),
  stripeSecretKey: secret(z.string().min(8)).describe('Stripe’s secret (or restricted) key: sk_….'),
  stripePublishableKey: z.string().min(8).describe('The key that the page gives to Stripe: pk_….'),
  stripeWebhookSecrets: secret(
    z
      .string()
      .transform((list) => list.split(',').filter(Boolean))
      .pipe(z.array(z.string()).min(1)),
  ).describe(
    'Secrets of the webhook endpoint, separated by commas: the old one too while it changes.',
  ),
  stripeApiUrl: z.url().optional().describe('A stand-in’s address; unset is Stripe itself.'),
  reconcileMs: ms.default(60_000).describe('How late the loss of a webhook is found, at most.'),
  stuckAfterMs: ms
    .default(120_000)
    .describe('A payment that nothing was heard of for so long is looked after.'),
});

export const readConfig = () => loadConfig(settings);
