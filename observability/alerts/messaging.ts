import type { Alert } from './alert.ts';
import { providerFails } from './money.ts';

export const messagingAlerts: readonly Alert[] = [
  {
    name: 'GuichetOutboxStuck',
    severity: 'page',
    expr: ({ age }) => `max by (service) (guichet_outbox_age_seconds) > ${age(60)}`,
    for: '1m',
    summary: '{{ $labels.service }}: a fact has waited {{ $value | humanizeDuration }} to be told',
    description: `Nothing is lost, and nothing goes on: who has paid is not confirmed, who is
      confirmed gets no e-mail, what was freed is not shown.`,
  },
  {
    name: 'GuichetMessagesParked',
    severity: 'ticket',
    // Every replica says the same of its consumers.
    expr: () => 'max by (service, consumer) (guichet_messages_parked) > 0',
    for: '2m',
    summary: '{{ $labels.consumer }}: {{ $value }} messages wait for a person',
    description: `No further try is made of them. In reservation.payments each is a buyer who has
      paid and has no booking; in notification.confirmations one without a pass.`,
  },
  {
    name: 'GuichetMessagesRetried',
    severity: 'ticket',
    expr: ({ over }) => {
      const handled = (outcome = '') =>
        `sum by (service, consumer) (increase(guichet_messages_handled_total${outcome}[${over('10m')}]))`;
      const again = handled('{outcome="retried"}');
      return `${again} / ${handled()} > 0.2 and ${again} >= 10`;
    },
    for: '1m',
    summary:
      '{{ $labels.consumer }}: {{ $value | humanizePercentage }} of its messages fail and come again',
    description: `What they would have done for buyers is up to ten minutes late, and after the
      fourth try it is parked.`,
  },
  {
    name: 'GuichetMailsUnsent',
    severity: 'ticket',
    service: 'notification',
    expr: ({ age }) => `max(guichet_unsent_mail_age_seconds) > ${age(900)}`,
    for: '2m',
    summary: 'An e-mail has not left for {{ $value | humanizeDuration }}',
    description: `A buyer has a booking and no e-mail with its pass. The page still shows it to
      whoever bought there.`,
  },
  {
    name: 'GuichetMailProviderRefusing',
    severity: 'ticket',
    service: 'notification',
    expr: ({ over }) => providerFails('mail', 0.3, over('10m')),
    for: '1m',
    summary: '{{ $value | humanizePercentage }} of e-mails are not taken by the provider',
    description: `Buyers get no confirmation. What the provider refuses for good is parked; the rest
      is tried again within ten minutes.`,
  },
];
