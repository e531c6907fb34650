import type { NotificationConfig } from '../config.ts';
import { createGmailMailer } from './gmail-mailer.ts';
import type { Mailer } from './mailer.ts';
import { createResendMailer } from './resend-mailer.ts';
import { createSmtpMailer } from './smtp-mailer.ts';

/** The provider that the settings name; they have been checked to be complete. */
export function chooseMailer(config: NotificationConfig): Mailer {
  const from = config.mailFrom;
  switch (config.mailProvider) {
    case 'resend':
      return createResendMailer({
        apiKey: config.resendApiKey ?? '',
        baseUrl: config.resendBaseUrl,
        from,
      });
    case 'smtp':
      return createSmtpMailer({ url: config.smtpUrl ?? '', from });
    case 'gmail':
      return createGmailMailer({
        clientId: config.gmailClientId ?? '',
        clientSecret: config.gmailClientSecret ?? '',
        refreshToken: config.gmailRefreshToken ?? '',
        rootUrl: config.gmailRootUrl,
        from,
      });
  }
}
