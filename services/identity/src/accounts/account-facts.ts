import type { Account } from './account.ts';

export const customerRegistered = ({ id, email, firstName, language }: Account) => ({
  type: 'customer.registered' as const,
  subject: id,
  sequence: 1,
  data: { customerId: id, email, firstName, language },
});

export const passwordResetAsked = (
  { id, email, firstName, language, version }: Account,
  { token, expiresAt }: { token: string; expiresAt: Date },
) => ({
  type: 'customer.password_reset_asked' as const,
  subject: id,
  sequence: version,
  data: {
    customerId: id,
    email,
    firstName,
    language,
    token,
    expiresAt: expiresAt.toISOString(),
  },
});

export const tokenReused = ({ id, email, firstName, language, version }: Account) => ({
  type: 'customer.token_reused' as const,
  subject: id,
  sequence: version,
  data: { customerId: id, email, firstName, language },
});

export const subjectRevoked = ({ id, version }: Pick<Account, 'id' | 'version'>) => ({
  type: 'subject.revoked' as const,
  subject: id,
  sequence: version,
  data: { subjectId: id },
});
