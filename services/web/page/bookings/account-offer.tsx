import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useMe } from '../account/session.ts';
import { call } from '../api/call.ts';
import { t } from '../i18n/t.ts';
import { useLanguage } from '../layout/language.ts';
import { wordsOf } from '../layout/problem-words.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

/** Whoever bought as a guest is offered an account, or has the booking put into the one they have. */
export function AccountOffer({
  bookingId,
  manageToken,
}: {
  bookingId: string;
  manageToken: string;
}) {
  const language = useLanguage();
  const me = useMe();
  const client = useQueryClient();
  const claim = useMutation({
    mutationFn: () =>
      call('post /api/bookings/{id}/claim', { params: { id: bookingId }, manageToken }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['bookings'] }),
  });
  if (claim.isSuccess) return <Notice kind="ok" title={t('booking.claimed')} />;
  return (
    <Notice title={t('booking.account')}>
      <p>{t('booking.accountHint')}</p>
      {claim.isError && <p className="font-semibold text-stop">{wordsOf(claim.error)}</p>}
      <div>
        {me ? (
          <Button look="plain" busy={claim.isPending} onClick={() => claim.mutate()}>
            {t('booking.claim')}
          </Button>
        ) : (
          <Link to={`/${language}/register`} className={buttonClass('plain')}>
            {t('account.registerTitle')}
          </Link>
        )}
      </div>
    </Notice>
  );
}
