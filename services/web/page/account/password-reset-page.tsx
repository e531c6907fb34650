import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { call } from '../api/call.ts';
import { t } from '../i18n/t.ts';
import { useLanguage } from '../layout/language.ts';
import { wordsOf } from '../layout/problem-words.ts';
import { useTitle } from '../layout/title.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { FormErrors } from '../ui/form-errors.tsx';
import { Notice } from '../ui/notice.tsx';
import { isEmail, useForm } from './use-form.ts';

function Ask() {
  const ask = useMutation({
    mutationFn: (email: string) => call('post /api/auth/password-reset', { body: { email } }),
  });
  const form = useForm({ email: 'checkout.email' }, (_, value) =>
    isEmail(value) ? undefined : 'field.email',
  );
  return (
    <form
      noValidate
      className="grid gap-5"
      onSubmit={form.submit(({ email }) => ask.mutate(email.trim()))}
    >
      <p className="text-quiet">{t('account.resetHint')}</p>
      <FormErrors {...form.errors} />
      {ask.isError && <Notice kind="stop" title={wordsOf(ask.error)} />}
      {ask.isSuccess && <Notice kind="ok" title={t('account.resetSent')} />}
      <Field {...form.field('email')} type="email" autoComplete="username" required />
      <Button type="submit" busy={ask.isPending}>
        {t('account.resetAsk')}
      </Button>
    </form>
  );
}

function Choose({ token }: { token: string }) {
  const language = useLanguage();
  const confirm = useMutation({
    mutationFn: (password: string) =>
      call('post /api/auth/password-reset/confirm', { body: { token, password } }),
  });
  const form = useForm({ password: 'account.newPassword' }, (_, value) =>
    value.length >= 8 ? undefined : 'field.password',
  );
  if (confirm.isSuccess) {
    return (
      <Notice kind="ok" title={t('account.resetDone')}>
        <div>
          <Link to={`/${language}/sign-in`} className={buttonClass()}>
            {t('common.signIn')}
          </Link>
        </div>
      </Notice>
    );
  }
  return (
    <form
      noValidate
      className="grid gap-5"
      onSubmit={form.submit(({ password }) => confirm.mutate(password))}
    >
      <FormErrors {...form.errors} />
      {confirm.isError && <Notice kind="stop" title={wordsOf(confirm.error)} />}
      <Field
        {...form.field('password')}
        hint={t('account.passwordHint')}
        type="password"
        autoComplete="new-password"
        required
      />
      <Button type="submit" busy={confirm.isPending}>
        {t('account.resetConfirm')}
      </Button>
    </form>
  );
}

/** With the token of the e-mail in the fragment one chooses; without it one asks for the e-mail. */
export default function PasswordResetPage() {
  const [token] = useState(() => location.hash.slice(1));
  useTitle(t('account.resetTitle'));
  return (
    <div className="mx-auto grid max-w-md gap-5">
      <h1 className="text-display">{t('account.resetTitle')}</h1>
      {token ? <Choose token={token} /> : <Ask />}
    </div>
  );
}
