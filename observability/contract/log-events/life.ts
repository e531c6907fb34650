import { everybody, type LogEvents } from '../shape.ts';

/** What a process says of its own life. */
export const life: LogEvents = {
  '{} is starting': {
    level: 'info',
    by: everybody,
    fields: ['managementPort'],
    meaning: 'Its management port answers from here on.',
  },
  '{} is listening': {
    level: 'info',
    by: everybody,
    fields: ['port', 'managementPort'],
    meaning: 'It takes requests.',
  },
  '{} is draining': {
    level: 'info',
    by: everybody,
    fields: ['drainMs'],
    meaning: 'It was told to end, and goes on answering for so long.',
  },
  '{} has ended': {
    level: 'info',
    by: everybody,
    fields: [],
    meaning: 'All that it had begun is done.',
  },
  '{} ends before it has started': {
    level: 'info',
    by: everybody,
    fields: [],
    meaning: 'It was told to end while it waited for something.',
  },
  '{} did not end cleanly': {
    level: 'error',
    by: everybody,
    fields: ['err'],
    meaning: 'Something that it owns could not be ended; what it had begun may be cut off.',
  },
  'spans were lost': {
    level: 'warn',
    by: everybody,
    fields: ['err'],
    meaning: 'No collector took the last of them.',
  },
  'waiting for {}: {}': {
    level: 'warn',
    by: everybody,
    fields: [],
    meaning: 'It cannot start yet, and why; said again every 30 s.',
  },
  'no longer waiting for {}': {
    level: 'info',
    by: everybody,
    fields: ['waitedMs'],
    meaning: 'What it waited for is there.',
  },
  '{} has changed and is in effect': {
    level: 'info',
    by: everybody,
    fields: ['value'],
    meaning: 'A live setting follows its file.',
  },
  'A new value is refused and the old one stays. {}': {
    level: 'warn',
    by: everybody,
    fields: [],
    meaning: 'Somebody wrote a setting that cannot be.',
  },
  '{} has changed; it takes effect at the next restart': {
    level: 'warn',
    by: everybody,
    fields: [],
    meaning: 'Somebody changed a setting that is not live.',
  },
  'CONFIG_DIR {}; the settings stay as they are': {
    level: 'warn',
    by: everybody,
    fields: [],
    meaning: 'The folder of settings cannot be read.',
  },
  'a request failed': {
    level: 'error',
    by: everybody,
    fields: ['err'],
    meaning: 'A fault of ours: its answer was a 500, and the trace leads to it.',
  },
  'a request was refused for want of its database': {
    level: 'warn',
    by: everybody,
    fields: ['err'],
    meaning: 'Its answer was a 503; many are an outage of the database.',
  },
  '{}': {
    level: 'fatal',
    by: everybody,
    fields: [],
    meaning: 'It cannot start until somebody mends what this says.',
  },
};
