import type { LogEvents } from '../shape.ts';

/** What is said of waiting rooms, and of the gates that the gateway keeps for them. */
export const waiting: LogEvents = {
  'Replicas tell each other of their lines through Valkey': {
    level: 'info',
    by: ['waiting-room'],
    fields: [],
    meaning: 'It can be used, perhaps again.',
  },
  'Valkey cannot be used: until it can, each replica asks the database for its lines': {
    level: 'warn',
    by: ['waiting-room'],
    fields: ['reason'],
    meaning: 'People see nothing of it; PostgreSQL is asked once a second by each replica.',
  },
  'lines could not be looked at; they are again': {
    level: 'warn',
    by: ['waiting-room'],
    fields: ['err'],
    meaning: 'PostgreSQL is away: who waits is told what was known last.',
  },
  'nobody is called: reservation could not be asked': {
    level: 'warn',
    by: ['waiting-room'],
    fields: ['err', 'roomId'],
    meaning: 'The room is left to another replica, which may reach it.',
  },
  'rooms could not be kept; it is tried again': {
    level: 'warn',
    by: ['waiting-room'],
    fields: ['err'],
    meaning: 'PostgreSQL is away: nobody is called.',
  },
  'rooms could not be closed; it is tried again': {
    level: 'warn',
    by: ['waiting-room'],
    fields: ['err'],
    meaning: 'One that is past its end is closed later; the gateway knows its end by itself.',
  },
  'a draw could not be made; nobody is called before it': {
    level: 'error',
    by: ['waiting-room'],
    fields: ['err', 'roomId'],
    meaning: 'A sale has begun and stands still. It is tried again each second.',
  },
  'refusals could not be written down; they are lost': {
    level: 'warn',
    by: ['waiting-room'],
    fields: ['err'],
    meaning: 'The organiser’s report lacks those of a second.',
  },
  'old codes could not be deleted': {
    level: 'warn',
    by: ['waiting-room'],
    fields: ['err'],
    meaning: 'They are later.',
  },
  'The waiting room does not tell its gates: those known last count': {
    level: 'warn',
    by: ['gateway'],
    fields: ['err'],
    meaning: 'Nobody is let past a room for it; a room that is opened now has no gate yet.',
  },
  'The waiting room tells its gates again': {
    level: 'info',
    by: ['gateway'],
    fields: [],
    meaning: 'It did not.',
  },
  'No gate was ever told: what has a waiting room is sold without it': {
    level: 'error',
    by: ['gateway'],
    fields: [],
    meaning: 'A gateway has started a minute ago and could never ask: it sells on.',
  },
};
