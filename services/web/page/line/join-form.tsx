import type { RoomView } from '@guichet/contracts/waiting-rooms';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { fromOffering } from '../account/use-way-back.ts';
import { call, Refused } from '../api/call.ts';
import { isEmbedded } from '../embed/embed.ts';
import { t } from '../i18n/t.ts';
import { useLanguage } from '../layout/language.ts';
import { wordsOf } from '../layout/problem-words.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import type { Turn } from './use-turn.ts';

type Props = { room: RoomView; visit: string; join: Turn['join'] };

/** Where a place is given to an address that receives e-mail: first the code, then the place. */
function ByEmail({ room, visit, join }: Props) {
  const language = useLanguage();
  const [email, setEmail] = useState('');
  const [code, setCode] = useState('');
  const ask = useMutation({
    mutationFn: () =>
      call('post /api/waiting-rooms/{id}/email-codes', {
        params: { id: room.id },
        body: { visit, email, language },
      }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ask.isSuccess) join.mutate({ email, code });
    else ask.mutate();
  };
  return (
    <form onSubmit={submit} className="grid max-w-md gap-4">
      <p>{t('line.forAddress')}</p>
      <Field
        label={t('checkout.email')}
        type="email"
        autoComplete="email"
        required
        value={email}
        onChange={({ target }) => {
          setEmail(target.value);
          ask.reset();
        }}
      />
      {ask.isSuccess && (
        <Field
          label={t('line.code')}
          hint={t('line.codeSent')}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          value={code}
          onChange={({ target }) => setCode(target.value)}
        />
      )}
      {ask.isError && <Notice kind="stop" title={wordsOf(ask.error)} />}
      <Button type="submit" busy={ask.isPending || join.isPending} onClick={undefined}>
        {ask.isSuccess ? t('line.join') : t('line.sendCode')}
      </Button>
    </form>
  );
}

/** How somebody takes a place in line, by what the room gives it for. */
export function JoinForm(props: Props) {
  const { room, join } = props;
  const language = useLanguage();
  const needsAccount = join.error instanceof Refused && join.error.code === 'account_required';
  return (
    <div className="grid gap-4">
      {room.holder === 'verified_email' ? (
        <ByEmail {...props} />
      ) : (
        <Button
          className="justify-self-start"
          busy={join.isPending}
          onClick={() => join.mutate(undefined)}
        >
          {join.isPending ? t('line.joining') : t('line.join')}
        </Button>
      )}
      {join.isError && <Notice kind="stop" title={wordsOf(join.error)} />}
      {needsAccount && (
        // Nobody is signed in in a frame: they wait and buy in a page of ours.
        <Link
          to={`/${language}/sign-in${fromOffering(room.offeringId)}`}
          target={isEmbedded ? '_blank' : undefined}
          className={`${buttonClass('plain')} justify-self-start`}
        >
          {t('common.signIn')}
        </Link>
      )}
    </div>
  );
}
