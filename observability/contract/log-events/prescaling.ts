import type { LogEvents } from '../shape.ts';

/** What is said of minimums that are raised before an on-sale. */
export const prescaling: LogEvents = {
  'this prescaler leads': {
    level: 'info',
    by: ['prescaler'],
    fields: ['identity'],
    meaning: 'The lease was free, or its holder was not heard of for as long as it lasts.',
  },
  'another prescaler leads': {
    level: 'warn',
    by: ['prescaler'],
    fields: ['holder'],
    meaning: 'This one led and could not renew its lease in time.',
  },
  'the lease could not be renewed; it is tried again': {
    level: 'warn',
    by: ['prescaler'],
    fields: ['err'],
    meaning: 'The Kubernetes API does not answer, or refuses. Nobody leads until it does.',
  },
  'a minimum was decided on': {
    level: 'info',
    by: ['prescaler'],
    fields: ['target', 'kind', 'minimum', 'sentence'],
    meaning: 'An autoscaler was changed; its sentence is on the object as an event, too.',
  },
  'somebody else changed an autoscaler; it is looked at again': {
    level: 'info',
    by: ['prescaler'],
    fields: ['target', 'kind', 'sentence'],
    meaning: 'Between reading and writing it was changed: what was decided is thrown away.',
  },
  'a minimum could not be changed': {
    level: 'error',
    by: ['prescaler'],
    fields: ['err', 'target'],
    meaning: 'A sale may begin with too few pods. The reason is in `err`.',
  },
  'an event could not be written': {
    level: 'warn',
    by: ['prescaler'],
    fields: ['err', 'target', 'kind', 'sentence'],
    meaning: 'The minimum was changed all the same.',
  },
  'autoscalers could not be looked at; it is tried again': {
    level: 'warn',
    by: ['prescaler'],
    fields: ['err'],
    meaning: 'The Kubernetes API does not answer, or refuses.',
  },
  'sales are not told: those known last count': {
    level: 'warn',
    by: ['prescaler'],
    fields: ['err', 'of', 'since'],
    meaning: 'The service `of` is silent. A sale that is announced now is not heard of.',
  },
  'sales are told again': {
    level: 'info',
    by: ['prescaler'],
    fields: ['of'],
    meaning: 'It was silent before.',
  },
};
