import { listeners, type Metrics, writers } from '../shape.ts';

/** What is told of facts between services, and of e-mails to people. */
export const telling: Metrics = {
  guichet_messages_handled_total: {
    kind: 'counter',
    unit: 'deliveries',
    labels: { consumer: 10, outcome: 6 },
    by: listeners,
    meaning: 'A message was handled, is tried again, or is parked.',
  },
  guichet_messages_parked: {
    kind: 'gauge',
    unit: 'messages',
    labels: { consumer: 10 },
    by: listeners,
    meaning: 'So many wait for a person. Every replica says the same; absent while unknown.',
  },
  guichet_outbox_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: {},
    by: writers,
    meaning: 'How long the oldest fact has waited to be published; 0 when none does.',
  },
  guichet_outbox_published_total: {
    kind: 'counter',
    unit: 'facts',
    labels: {},
    by: writers,
    meaning: 'Facts have left.',
  },
  guichet_outbox_failures_total: {
    kind: 'counter',
    unit: 'times',
    labels: {},
    by: writers,
    meaning: 'Facts could not be published, and wait.',
  },
  guichet_unsent_mails: {
    kind: 'gauge',
    unit: 'e-mails',
    labels: {},
    by: ['notification'],
    meaning: 'E-mails that are begun and that the provider has not taken.',
  },
  guichet_unsent_mail_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: {},
    by: ['notification'],
    meaning: 'How long the oldest of them waits.',
  },
  guichet_confirmed_to_mailed_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: {},
    by: ['notification'],
    meaning: 'How long buyers wait for the e-mail with their pass. Freshness is judged at 60 s.',
  },
};
