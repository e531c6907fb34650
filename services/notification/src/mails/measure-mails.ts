import type { Metrics } from '@guichet/telemetry/metrics';
import type { NotificationStore } from './notification-store.ts';

/** How long customers wait for their tickets: from the fact that a booking is confirmed. */
export function measureConfirmations(metrics: Metrics): (confirmedAt: string) => void {
  const waits = metrics.histogram({
    name: 'guichet_confirmed_to_mailed_seconds',
    help: 'From when a booking was confirmed to when the provider had taken its e-mail',
    // 60 s is the objective's threshold.
    buckets: [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600],
  });
  return (confirmedAt) => {
    waits.observe(Math.max(0, Date.now() - Date.parse(confirmedAt)) / 1_000);
  };
}

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
