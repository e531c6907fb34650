import { loadConfig } from '@guichet/config/load-config';
import { common, database, messaging, secret } from '@guichet/config/setting';
import { z } from 'zod';

const text = z.string().min(1);

export const settings = z.object({
  ...common,
  ...database,
  ...messaging,
  publicUrl: z.url().describe('Where the links in the e-mails lead.'),
  mailProvider: z.enum(['gmail', 'resend', 'smtp']).describe('Who sends: gmail, resend or smtp.'),
  mailFrom: text.describe('The sender: `Name <address>`; the provider must allow it.'),
  resendApiKey: secret(text.optional()).describe('For resend: the API key, re_….'),
  resendBaseUrl: z.url().optional().describe('For resend: a stand-in’s address.'),
  smtpUrl: secret(z.url().optional()).describe('For smtp: smtp(s)://user:password@host:port.'),
  gmailClientId: text.optional().describe('For gmail: the OAuth client.'),
  gmailClientSecret: secret(text.optional()).describe('For gmail: its secret.'),
  gmailRefreshToken: secret(text.optional()).describe('For gmail: the mailbox’s consent.'),
  gmailRootUrl: z
    .url()
    .endsWith('/')
    .optional()
    .describe('For gmail: a stand-in’s address, ending in a slash.'),
});

const neededBy = {
  resend: ['resendApiKey'],
  smtp: ['smtpUrl'],
  gmail: ['gmailClientId', 'gmailClientSecret', 'gmailRefreshToken'],
} as const;

/** The settings, refused where the chosen provider lacks one of its own. */
export const readConfig = (env: NodeJS.ProcessEnv = process.env) =>
  loadConfig(settings, {
    env,
    check: (values) =>
      neededBy[values.mailProvider]
        .filter((key) => values[key] === undefined)
        .map((key) => ({
          key,
          message: `is missing, and MAIL_PROVIDER is ${values.mailProvider}`,
        })),
  });
export type NotificationConfig = ReturnType<typeof readConfig>['values'];
