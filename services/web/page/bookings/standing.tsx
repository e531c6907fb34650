import type { BookingView } from '@guichet/contracts/bookings';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { Refused } from '../api/call.ts';
import { queries } from '../api/queries.ts';
import { t } from '../i18n/t.ts';
import { useLanguage } from '../layout/language.ts';
import { buttonClass } from '../ui/button.tsx';
import { UntilPaid } from './held-places.tsx';

/**
 * Whether money is on its way: the page that took it says so, or the bank that led back here, or
 * the payment itself. Undefined until it is known.
 */
export function useIsPaid(
  { id, status, paymentBeganAt }: BookingView,
  manageToken: string | undefined,
): boolean | undefined {
  const { state, search } = useLocation();
  const returned = new URLSearchParams(search).get('redirect_status');
  const said = Boolean(state?.paid) || returned === 'succeeded' || returned === 'pending';
  const payment = useQuery({
    ...queries.payment(id, manageToken),
    enabled: status === 'PENDING' && !said && paymentBeganAt !== null,
    refetchInterval: 2_000,
  });
  if (said || status !== 'PENDING') return true;
  if (paymentBeganAt === null || payment.error instanceof Refused) return false;
  return payment.data && ['processing', 'succeeded'].includes(payment.data.status);
}

/** A change of it is read out; where one is about to come, its room is kept. */
const Said = ({
  title,
  changes = false,
  children,
}: {
  title: string;
  changes?: boolean;
  children?: ReactNode;
}) => (
  <div
    role="status"
    className={`grid content-start gap-2 ${changes ? 'min-h-56 sm:min-h-40' : ''}`}
  >
    <h1 className="text-display">{title}</h1>
    {children}
  </div>
);

/**
 * What has become of a booking, and what there is to do about it. Nobody who has not paid is left
 * waiting, and nobody who has is asked to pay.
 */
export function Standing({
  booking,
  isPaid,
}: {
  booking: BookingView;
  isPaid: boolean | undefined;
}) {
  const language = useLanguage();
  const { status, contact, offeringId } = booking;
  const [wasPending] = useState(status === 'PENDING');
  if (status === 'PENDING' && isPaid === false) {
    return (
      <Said title={t('checkout.title')}>
        <UntilPaid booking={booking} />
      </Said>
    );
  }
  if (status === 'PENDING') {
    return (
      <Said title={t('booking.pending')} changes>
        <p className="text-lead text-quiet">{t('booking.pendingHint')}</p>
      </Said>
    );
  }
  if (status === 'CANCELLED') return <Said title={t('booking.cancelled')} />;
  if (status === 'EXPIRED') {
    return (
      <Said title={t('booking.expired')}>
        <p className="text-lead text-quiet">{t('checkout.expiredHint')}</p>
        <div>
          <Link to={`/${language}/offerings/${offeringId}`} className={buttonClass()}>
            {t('checkout.chooseAgain')}
          </Link>
        </div>
      </Said>
    );
  }
  return (
    <Said title={t('booking.confirmed')} changes={wasPending}>
      {contact && (
        <p className="text-lead text-quiet">
          {t('booking.confirmedHint', { email: contact.email })}
        </p>
      )}
    </Said>
  );
}
