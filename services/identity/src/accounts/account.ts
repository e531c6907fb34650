import type { Language } from '@guichet/contracts/shapes';

/** A person: customer, and employee of whichever organisers hired them. */
export type Account = {
  id: string;
  email: string;
  /** PHC string; null until somebody who was hired has chosen a password. */
  passwordHash: string | null;
  firstName: string;
  lastName: string;
  language: Language;
  version: number;
};

export type NewAccount = Omit<Account, 'version'>;

export type AccountRefusal =
  | 'credentials_invalid'
  | 'password_too_common'
  | 'reset_token_invalid'
  | 'account_not_found'
  | 'too_busy';
