import { loadConfig } from '@guichet/config/load-config';
import { common } from '@guichet/config/setting';
import { z } from 'zod';

/** Nobody signs in here: cookies and tokens are the gateway's and the API's. */
const { issuerUrl: _, jwksUrl: __, ...listening } = common;

export const settings = z.object({
  ...listening,
  publicUrl: z
    .url()
    .describe('The address customers use: what links, previews and the sitemap name.'),
  stripeJsUrl: z
    .url()
    .default('https://js.stripe.com/v3/')
    .describe('Where browsers load the payment form from; Stripe forbids copies of it.'),
  keptForMs: z.coerce
    .number()
    .int()
    .min(0)
    .default(5_000)
    .describe('An offering’s page is made of what was read so long ago at most.'),
});

export const readConfig = () => loadConfig(settings);
