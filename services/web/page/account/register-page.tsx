import { useMutation } from '@tanstack/react-query';
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
import { useWayBack } from './use-way-back.ts';

const labels = {
  email: 'checkout.email',
  firstName: 'checkout.firstName',
  lastName: 'checkout.lastName',
  password: 'account.password',
} as const;

function Registered() {
  const language = useLanguage();
  const { search } = useWayBack();
  return (
    <div className="mx-auto grid max-w-md gap-5">
      <h1 className="text-display">{t('account.registered')}</h1>
      <p>{t('account.registeredHint')}</p>
      <Link to={`/${language}/sign-in${search}`} className={buttonClass()}>
        {t('common.signIn')}
      </Link>
    </div>
  );
}

export default function RegisterPage() {
  const language = useLanguage();
  const register = useMutation({
    mutationFn: (body: Record<keyof typeof labels, string>) =>
      call('post /api/auth/register', { body: { ...body, language } }),
  });
  const form = useForm(labels, (name, value) => {
    if (name === 'email') return isEmail(value) ? undefined : 'field.email';
    if (name === 'password') return value.length >= 8 ? undefined : 'field.password';
    return value.trim() ? undefined : 'field.needed';
  });
  useTitle(t('account.registerTitle'));

  if (register.isSuccess) return <Registered />;
  return (
    <form
      noValidate
      className="mx-auto grid max-w-md gap-5"
      onSubmit={form.submit(({ email, ...rest }) => {
        if (!register.isPending) register.mutate({ email: email.trim(), ...rest });
      })}
    >
      <h1 className="text-display">{t('account.registerTitle')}</h1>
      <FormErrors {...form.errors} />
      {register.isError && <Notice kind="stop" title={wordsOf(register.error)} />}
      <Field {...form.field('email')} type="email" autoComplete="username" required />
      <Field {...form.field('firstName')} autoComplete="given-name" required />
      <Field {...form.field('lastName')} autoComplete="family-name" required />
      <Field
        {...form.field('password')}
        hint={t('account.passwordHint')}
        type="password"
        autoComplete="new-password"
        required
      />
      <Button type="submit" busy={register.isPending}>
        {t('account.registerTitle')}
      </Button>
    </form>
  );
}
