import { type LogEvents, listeners, onMongo, writers } from '../shape.ts';

/** What is said of messages and of the broker. */
export const telling: LogEvents = {
  'a message is tried again later': {
    level: 'warn',
    by: listeners,
    fields: ['err', 'consumer', 'messageId', 'attempt'],
    meaning: 'Its handler failed; the next attempt is one tier later.',
  },
  'a message is parked': {
    level: 'error',
    by: listeners,
    fields: ['err', 'consumer', 'messageId', 'attempt'],
    meaning: 'No retry helps: a person has to look, with `make parked`.',
  },
  'a message is let go': {
    level: 'warn',
    by: listeners,
    fields: ['err', 'consumer'],
    meaning: 'One that each process has for itself could not be handled.',
  },
  'a parked message is discarded': {
    level: 'warn',
    by: listeners,
    fields: ['consumer', 'messageId', 'by', 'reason'],
    meaning: 'Somebody dropped it for good.',
  },
  'a message could not be acknowledged': {
    level: 'warn',
    by: listeners,
    fields: ['err', 'consumer'],
    meaning: 'It comes again by itself.',
  },
  'RabbitMQ is connected': {
    level: 'info',
    by: listeners,
    fields: [],
    meaning: 'It was not.',
  },
  'RabbitMQ is disconnected': {
    level: 'warn',
    by: listeners,
    fields: ['err'],
    meaning: 'What happens meanwhile is told later.',
  },
  'RabbitMQ takes no messages for now': {
    level: 'warn',
    by: listeners,
    fields: ['reason'],
    meaning: 'It is out of memory or disk.',
  },
  '{} at {} cannot be used ({}). Is it up, and is {} right?': {
    level: 'warn',
    by: listeners,
    fields: [],
    meaning: 'An attempt to connect failed; said again every 30 s.',
  },
  'a connection to RabbitMQ broke': {
    level: 'warn',
    by: listeners,
    fields: ['err'],
    meaning: 'It is connected to again.',
  },
  'the publisher’s channel ended': {
    level: 'warn',
    by: listeners,
    fields: ['err'],
    meaning: 'It is opened again.',
  },
  'a consumer’s channel has ended; it is set up again': {
    level: 'warn',
    by: listeners,
    fields: ['err', 'consumer', 'retryMs'],
    meaning: 'Nothing is lost.',
  },
  'a consumer cannot be heard; it is tried again': {
    level: 'warn',
    by: listeners,
    fields: ['err', 'consumer', 'retryMs'],
    meaning: 'Its messages wait in the broker.',
  },
  'a consumer is heard again': {
    level: 'info',
    by: listeners,
    fields: ['consumer'],
    meaning: 'They are handled.',
  },
  'a parked queue of old is used as it is': {
    level: 'warn',
    by: listeners,
    fields: ['err', 'consumer'],
    meaning: 'It was declared otherwise by an earlier release.',
  },
  'the message tables could not be used': {
    level: 'warn',
    by: listeners,
    fields: ['err'],
    meaning: 'Where PostgreSQL carries the messages.',
  },
  'facts wait to be published': {
    level: 'warn',
    by: writers,
    fields: ['err', 'retryMs'],
    meaning: 'The broker does not take them; they are in the outbox.',
  },
  'facts of a document wait to be published': {
    level: 'warn',
    by: onMongo,
    fields: ['err', 'documentId', 'delayMs'],
    meaning: 'Those of one document; the others go on.',
  },
  'the outbox could not be read': {
    level: 'warn',
    by: onMongo,
    fields: ['err'],
    meaning: 'It is read again.',
  },
};
