import type { Metrics } from '@guichet/telemetry/metrics';
import type { NotificationStore } from './notification-store.ts';

/** What the alert on e-mails looks at: those that a provider does not take. Every replica says the same. */
export function measureMails({ store, metrics }: { store: NotificationStore; metrics: Metrics }) {
  metrics.gaugesOf(store.unsent, [
    {
      name: 'guichet_unsent_mails',
      help: 'E-mails that are begun and not sent',
      of: ({ mails }) => mails,
    },
    {
      name: 'guichet_unsent_mail_age_seconds',
      help: 'How long the oldest e-mail that is begun has not been sent; 0 when all are',
      of: ({ oldestSeconds }) => oldestSeconds,
    },
  ]);
}
