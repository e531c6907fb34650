import { everybody, onMongo, onPostgres, type SpanContract } from './shape.ts';

const method = '(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)';

/**
 * Every span that services may emit, by what its name is. A name is one of few: ids, addresses and
 * whatever else somebody sends is in none.
 */
export const spans: readonly SpanContract[] = [
  {
    name: new RegExp(`^${method}( \\S+)?$`),
    kind: 'server',
    by: everybody.filter((name) => name !== 'notification' && name !== 'prescaler'),
    meaning: 'A request, named by its operation; by its method alone where it is none of ours.',
  },
  {
    name: new RegExp(`^${method}( \\S+)?$`),
    kind: 'server',
    by: ['prescaler'],
    meaning: 'The same.',
    only: 'where staff look how a sale is made ready',
  },
  {
    name: new RegExp(`^${method}$`),
    kind: 'client',
    by: everybody,
    meaning: 'A call to another service or to a provider, over HTTP.',
  },
  {
    name: /^process (identity|catalog|reservation|payment|notification|prescaler)\.[a-z_-]+$/,
    kind: 'consumer',
    by: ['identity', 'catalog', 'reservation', 'payment', 'notification', 'prescaler'],
    meaning: 'A message, or a provider’s event, is handled; named by who handles it.',
  },
  {
    name: /^process [a-z-]+\.revocations$/,
    kind: 'consumer',
    by: everybody.filter((name) => name !== 'notification' && name !== 'web'),
    meaning: 'A process forgets what it knows of somebody’s tokens.',
    only: 'where somebody is revoked',
  },
  {
    name: /^call (stripe|mail)$/,
    kind: 'client',
    by: ['payment', 'notification'],
    meaning:
      'A call to a provider, with all that its SDK does: `guichet.outcome` says what came of it.',
  },
  {
    name: /^pg\.query:[\w:-]+ \w+$/,
    kind: 'client',
    by: onPostgres,
    meaning:
      'A statement, by its first word or the name that it is prepared under, and its database.',
  },
  {
    name: /^[a-zA-Z]+ [$\w]+$/,
    kind: 'client',
    by: onMongo,
    meaning: 'A command to MongoDB and the collection that it is about.',
  },
];
