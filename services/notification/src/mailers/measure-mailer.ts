import { isTimeout, type ProviderCalls } from '@guichet/telemetry/provider-calls';
import { type Mailer, MailRefused } from './mailer.ts';

/** The same mailer, with what came of each e-mail counted and timed. */
export const measureMailer = (mailer: Mailer, calls: ProviderCalls): Mailer => ({
  send: (mail, attempt) =>
    calls(
      () => mailer.send(mail, attempt),
      (_, error) => {
        if (error === undefined) return 'ok';
        if (error instanceof MailRefused) return 'refused';
        return isTimeout(error) ? 'timeout' : 'failed';
      },
    ),
  close: () => mailer.close(),
});
