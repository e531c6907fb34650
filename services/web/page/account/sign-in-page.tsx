import { Link, useNavigate } from 'react-router';
import { t } from '../i18n/t.ts';
import { useLanguage } from '../layout/language.ts';
import { wordsOf } from '../layout/problem-words.ts';
import { useTitle } from '../layout/title.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { FormErrors } from '../ui/form-errors.tsx';
import { Notice } from '../ui/notice.tsx';
import { useSignIn } from './session.ts';
import { isEmail, useForm } from './use-form.ts';
import { useWayBack } from './use-way-back.ts';

const labels = { email: 'checkout.email', password: 'account.password' } as const;
const link = 'inline-flex min-h-11 items-center underline underline-offset-4';

export default function SignInPage() {
  const language = useLanguage();
  const navigate = useNavigate();
  const signIn = useSignIn();
  const wayBack = useWayBack();
  const form = useForm(labels, (name, value) => {
    if (name === 'email') return isEmail(value) ? undefined : 'field.email';
    return value ? undefined : 'field.needed';
  });
  useTitle(t('common.signIn'));

  return (
    <form
      noValidate
      className="mx-auto grid max-w-md gap-5"
      onSubmit={form.submit(({ email, password }) => {
        const credentials = { email: email.trim(), password };
        if (!signIn.isPending) {
          signIn.mutate(credentials, { onSuccess: () => navigate(wayBack.to) });
        }
      })}
    >
      <h1 className="text-display">{t('account.signInTitle')}</h1>
      <p className="text-quiet">{t('account.signInHint')}</p>
      <FormErrors {...form.errors} />
      {signIn.isError && <Notice kind="stop" title={wordsOf(signIn.error)} />}
      <Field {...form.field('email')} type="email" autoComplete="username" required />
      <Field {...form.field('password')} type="password" autoComplete="current-password" required />
      <Button type="submit" busy={signIn.isPending}>
        {t('common.signIn')}
      </Button>
      <div className="flex flex-wrap justify-between gap-x-6">
        <Link to={`/${language}/register${wayBack.search}`} className={link}>
          {t('account.toRegister')}
        </Link>
        <Link to={`/${language}/password-reset`} className={link}>
          {t('account.toReset')}
        </Link>
      </div>
    </form>
  );
}
