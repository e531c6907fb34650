import { type LogEvents, onMongo, onPostgres, writers } from '../shape.ts';

/** What is said of databases, and of what finds services. */
export const keeping: LogEvents = {
  'an idle database connection broke': {
    level: 'warn',
    by: onPostgres,
    fields: ['err'],
    meaning: 'It is replaced.',
  },
  'old keys could not be deleted': {
    level: 'warn',
    by: writers,
    fields: ['err'],
    meaning: 'They are later.',
  },
  'waiting for the database: {}': {
    level: 'warn',
    by: onPostgres,
    fields: [],
    meaning: 'A migration begins when it is there.',
  },
  'another process migrates this database; waiting for it': {
    level: 'info',
    by: onPostgres,
    fields: [],
    meaning: 'One at a time does.',
  },
  migrated: {
    level: 'info',
    by: onPostgres,
    fields: ['migration'],
    meaning: 'A step of the schema is applied.',
  },
  'waiting for a table in use: {}': {
    level: 'warn',
    by: onPostgres,
    fields: [],
    meaning: 'A long transaction holds up the migration; nothing else waits behind it.',
  },
  'the database is up to date': {
    level: 'info',
    by: onPostgres,
    fields: [],
    meaning: 'Every migration is applied.',
  },
  'migrating failed': {
    level: 'fatal',
    by: onPostgres,
    fields: ['err'],
    meaning: 'The release must not go on.',
  },
  'MongoDB does not answer its heartbeat': {
    level: 'warn',
    by: onMongo,
    fields: ['err'],
    meaning: 'It is away, or a replica set elects.',
  },
  'old rows could not be swept': {
    level: 'warn',
    by: onMongo,
    fields: ['err'],
    meaning: 'They are later.',
  },
  'Valkey cannot be used: until it can, each gateway limits for itself': {
    level: 'warn',
    by: ['gateway'],
    fields: ['reason'],
    meaning: 'Limits are looser by the number of gateways.',
  },
  'Rate limits are shared through Valkey': {
    level: 'info',
    by: ['gateway'],
    fields: [],
    meaning: 'They are one for all gateways.',
  },
  'EndpointSlices are followed': {
    level: 'info',
    by: ['gateway'],
    fields: ['namespace', 'services'],
    meaning: 'So many processes of each service are known.',
  },
  'EndpointSlices are followed again': {
    level: 'info',
    by: ['gateway'],
    fields: ['namespace', 'seconds'],
    meaning: 'For so long they were not.',
  },
  '{} Meanwhile the addresses last known are used.': {
    level: 'warn',
    by: ['gateway'],
    fields: ['err'],
    meaning: 'Kubernetes cannot be asked.',
  },
  'Nothing is found yet: no EndpointSlice in namespace {} with the label {} has a port named http and belongs to a Service whose name begins with "{}".':
    {
      level: 'warn',
      by: ['gateway'],
      fields: [],
      meaning: 'Nothing can be reached: the labels or the namespace are others.',
    },
};
