import { loadConfig } from '@guichet/config/load-config';
import { common, documents, messaging, secret } from '@guichet/config/setting';
import { z } from 'zod';

export const settings = z.object({
  ...common,
  ...documents,
  ...messaging,
  mongoDatabase: z
    .string()
    .default('catalog')
    .describe('The service’s own database; named like it, so that a shared server stays readable.'),
  sealingKey: secret(z.base64().length(44)).describe(
    '32 bytes in base64; the private keys that sign quotes are kept sealed with it.',
  ),
  quoteKeyDays: z.coerce
    .number()
    .positive()
    .default(30)
    .describe('After so many days another key signs quotes; a quote lives ten minutes.'),
});

export const readConfig = () => loadConfig(settings);
