import {
  askPasswordReset as askPasswordResetOperation,
  confirmPasswordReset,
  me,
  register,
} from '@guichet/contracts/auth';
import type { Routes } from '@guichet/http/routes';
import type { AccountRefusal } from './account.ts';
import type { AskPasswordReset } from './ask-password-reset.ts';
import type { RegisterAccount } from './register-account.ts';
import type { ResetPassword } from './reset-password.ts';
import type { ShowMe } from './show-me.ts';

export const statusOfAccountRefusal = {
  credentials_invalid: 401,
  password_too_common: 422,
  reset_token_invalid: 422,
  account_not_found: 404,
  too_busy: 503,
} satisfies Record<AccountRefusal, number>;

export function accountRoutes(
  routes: Routes,
  deps: {
    registerAccount: RegisterAccount;
    askPasswordReset: AskPasswordReset;
    resetPassword: ResetPassword;
    showMe: ShowMe;
  },
): void {
  routes.on(register, async ({ body, res }) => {
    await deps.registerAccount(body);
    res.status(202).json({ status: 'registered' });
  });

  routes.on(askPasswordResetOperation, async ({ body, res }) => {
    await deps.askPasswordReset(body.email);
    res.status(202).json({ status: 'sent_if_known' });
  });

  routes.on(confirmPasswordReset, async ({ body, res }) => {
    await deps.resetPassword(body);
    res.status(204).end();
  });

  routes.on(me, async ({ subject, res }) => {
    const { account, employments } = await deps.showMe(subject.id);

    res.set('cache-control', 'no-store').json({
      id: account.id,
      email: account.email,
      firstName: account.firstName,
      lastName: account.lastName,
      language: account.language,
      organiserId: subject.organiserId ?? null,
      permissions: subject.permissions,
      employments: employments.map(({ organiserId, role }) => ({ organiserId, role })),
    });
  });
}
