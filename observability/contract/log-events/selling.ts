import type { LogEvents } from '../shape.ts';

/** What is said of selling: places, money, people. */
export const selling: LogEvents = {
  'a booking is settled by its money': {
    level: 'info',
    by: ['reservation'],
    fields: ['bookingId', 'outcome'],
    meaning: 'Confirmed, or why the money goes back. Leads from a trace to its lines.',
  },
  'an e-mail is sent': {
    level: 'info',
    by: ['notification'],
    fields: ['template', 'mailId'],
    meaning: 'The provider has taken it.',
  },
  'expired rows could not be removed': {
    level: 'warn',
    by: ['identity'],
    fields: ['err'],
    meaning: 'They are later.',
  },
  'the provider refuses to take money': {
    level: 'error',
    by: ['payment'],
    fields: ['refused', 'requestId'],
    meaning: 'Nobody can pay until somebody mends a key, a currency or the account.',
  },
  'a payment is looked after again later': {
    level: 'warn',
    by: ['payment'],
    fields: ['err', 'paymentId'],
    meaning: 'Its provider or its document could not be asked.',
  },
  'reconciling with the provider is tried again later': {
    level: 'warn',
    by: ['payment'],
    fields: ['err'],
    meaning: 'News that no webhook brings waits for it.',
  },
  'payment could not be closed; the places stay taken': {
    level: 'warn',
    by: ['reservation'],
    fields: ['err', 'bookingId'],
    meaning: 'A hold stays at the fence until payment answers.',
  },
  'availability could not be looked at; it is again': {
    level: 'warn',
    by: ['reservation'],
    fields: ['err'],
    meaning: 'Pages that listen see what was.',
  },
  'an entry was taken off a waiting list: what it waits for is no longer sold': {
    level: 'info',
    by: ['reservation'],
    fields: ['entryId', 'code'],
    meaning:
      'Its offering is withdrawn, or its fare or option is gone: `code` is catalog’s reason.',
  },
  'places could not be offered; they are again': {
    level: 'warn',
    by: ['reservation'],
    fields: ['err', 'slotId'],
    meaning: 'They stay kept for who waits; mostly catalog is away, which says their price.',
  },
  'quote keys could not be kept; those in memory do': {
    level: 'warn',
    by: ['reservation'],
    fields: ['err'],
    meaning: 'A restart while catalog is away would sell nothing.',
  },
  'quote keys could not be fetched; those at hand stay': {
    level: 'warn',
    by: ['reservation'],
    fields: ['err'],
    meaning: 'Catalog is away; a new key of its would not be known.',
  },
  'quote keys of before could not be read; they are tried again': {
    level: 'warn',
    by: ['reservation'],
    fields: ['err'],
    meaning: 'It started without its database.',
  },
  'a sweep failed; it is tried again': {
    level: 'warn',
    by: ['reservation'],
    fields: ['err'],
    meaning: 'Nobody tidies meanwhile; buyers free what they need themselves.',
  },
  'a refresh token that was used before came back; its session has ended': {
    level: 'warn',
    by: ['identity'],
    fields: ['securityEvent', 'unsaid'],
    meaning: 'It was copied. Its owner has an e-mail.',
  },
  'a sign-in was refused': {
    level: 'warn',
    by: ['identity'],
    fields: ['securityEvent', 'unsaid'],
    meaning: 'A wrong password, or too many of them: one is a slip, hundreds are guesses.',
  },
  'a signature was refused': {
    level: 'warn',
    by: ['payment'],
    fields: ['securityEvent', 'unsaid'],
    meaning:
      'Not the provider’s, or the secret is not the endpoint’s: then no money is confirmed by news.',
  },
  'an address asks more often than it may': {
    level: 'warn',
    by: ['gateway'],
    fields: ['securityEvent', 'unsaid'],
    meaning: 'A crowd behind one address, or an attack.',
  },
};
