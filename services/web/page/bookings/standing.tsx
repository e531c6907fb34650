import type { BookingView } from '@guichet/contracts/bookings';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
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
function useIsPaid({ id, paymentBeganAt }: BookingView, manageToken: string | undefined) {
  const { state, search } = useLocation();
  const returned = new URLSearchParams(search).get('redirect_status');
  const said = Boolean(state?.paid) || returned === 'succeeded' || returned === 'pending';
  const payment = useQuery({
    ...queries.payment(id, manageToken),
    enabled: !said && paymentBeganAt !== null,
    refetchInterval: 2_000,
  });
  if (said) return true;
  if (paymentBeganAt === null || payment.error instanceof Refused) return false;
  return payment.data && ['processing', 'succeeded'].includes(payment.data.status);
}

/** In room enough for the longest of what may be said; a change of it is read out. */
const Said = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div role="status" className="grid min-h-56 content-start gap-2 sm:min-h-40">
    <h1 className="text-display">{title}</h1>
    {children}
  </div>
);

/** Held, and perhaps paid: nobody who has not paid is to wait, and nobody who has to pay again. */
function Pending({
  booking,
  manageToken,
}: {
  booking: BookingView;
  manageToken: string | undefined;
}) {
  if (useIsPaid(booking, manageToken) === false) {
    return (
      <Said title={t('checkout.title')}>
        <UntilPaid booking={booking} />
      </Said>
    );
  }
  return (
    <Said title={t('booking.pending')}>
      <p className="text-lead text-quiet">{t('booking.pendingHint')}</p>
    </Said>
  );
}

/** What has become of a booking, and what there is to do about it. */
export function Standing({
  booking,
  manageToken,
}: {
  booking: BookingView;
  manageToken: string | undefined;
}) {
  const language = useLanguage();
  const { status, contact, offeringId } = booking;
  if (status === 'PENDING') return <Pending booking={booking} manageToken={manageToken} />;
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
    <Said title={t('booking.confirmed')}>
      {contact && (
        <p className="text-lead text-quiet">
          {t('booking.confirmedHint', { email: contact.email })}
        </p>
      )}
    </Said>
  );
}
