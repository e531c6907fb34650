import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { isEmail, useForm } from '../account/use-form.ts';
import { call } from '../api/call.ts';
import { t } from '../i18n/t.ts';
import { useLanguage } from '../layout/language.ts';
import { wordsOf } from '../layout/problem-words.ts';
import { type Choice, chosenOptions, chosenParty } from '../offerings/choice.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { FormErrors } from '../ui/form-errors.tsx';
import { Notice } from '../ui/notice.tsx';

const labels = {
  email: 'checkout.email',
  firstName: 'checkout.firstName',
  lastName: 'checkout.lastName',
} as const;
type Contact = Record<keyof typeof labels, string>;

const faultOf = (name: keyof typeof labels, value: string) => {
  if (name === 'email') return isEmail(value) ? undefined : 'field.email';
  return value.trim() ? undefined : 'field.needed';
};

/** The waiting list of a slot that has too few places for what is chosen. */
export default function WaitForPlaces({
  slotId,
  choice,
  places,
}: {
  slotId: string;
  choice: Choice;
  places: number;
}) {
  const language = useLanguage();
  const { field, submit, errors } = useForm(labels, faultOf);
  // Asked twice, it is one entry.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const join = useMutation({
    mutationFn: ({ email, firstName, lastName }: Contact) =>
      call('post /api/slots/{id}/waiting-list', {
        params: { id: slotId },
        idempotencyKey,
        body: {
          party: chosenParty(choice.party),
          options: chosenOptions(choice.options),
          contact: {
            email: email.trim(),
            firstName: firstName.trim(),
            lastName: lastName.trim(),
            language,
          },
        },
      }),
  });

  if (join.data) {
    return (
      <div role="status">
        <Notice kind="ok" title={t('waitingList.joined')}>
          <p className="figures">{t('waitingList.ahead', { count: join.data.ahead })}</p>
          <p>{t('waitingList.mailed', { email: join.variables.email.trim() })}</p>
        </Notice>
      </div>
    );
  }
  return (
    <form
      noValidate
      aria-label={t('waitingList.title')}
      onSubmit={submit((contact) => !join.isPending && join.mutate(contact))}
      className="grid gap-4 rounded-2xl bg-sheet p-6"
    >
      <h3 className="text-title">{t('waitingList.title')}</h3>
      <p>{t('waitingList.hint')}</p>
      <p className="font-semibold figures">{t('offering.places', { count: places })}</p>
      <FormErrors {...errors} />
      <Field {...field('email')} type="email" autoComplete="email" inputMode="email" required />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field {...field('firstName')} autoComplete="given-name" required />
        <Field {...field('lastName')} autoComplete="family-name" required />
      </div>
      {join.isError && <Notice kind="stop" title={wordsOf(join.error)} />}
      <Button type="submit" busy={join.isPending}>
        {t('waitingList.join')}
      </Button>
    </form>
  );
}
