import type { BookingView } from '@guichet/contracts/bookings';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { queries } from '../api/queries.ts';
import { usePath } from '../embed/use-path.ts';
import { clock, money } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { useLanguage } from '../layout/language.ts';
import { buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { deviceBookings } from './device-bookings.ts';

/** Until when the places are held, and the way on to paying for them. */
export function UntilPaid({ booking }: { booking: BookingView }) {
  const language = useLanguage();
  const path = usePath();
  const { holdExpiresAt, startsAt, totalCents, currency } = booking;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return (
    <>
      <p>{t('ticket.held', { time: clock(holdExpiresAt ?? startsAt, language, timeZone) })}</p>
      <div>
        <Link to={path(`/checkout/${booking.id}`)} className={buttonClass()}>
          {totalCents === 0
            ? t('checkout.confirmFree')
            : t('checkout.goOnToPay', { amount: money(totalCents, currency, language) })}
        </Link>
      </div>
    </>
  );
}

/**
 * Whoever comes back to an offering whose places they hold is told so: taken a second time, they
 * would be held from everybody else, and the last ones would look sold out.
 */
export function HeldPlaces({ offeringId }: { offeringId: string }) {
  // Ids begin with their time.
  const [last] = deviceBookings()
    .filter((booking) => booking.offeringId === offeringId)
    .sort((a, b) => (a.id < b.id ? 1 : -1));
  const { data } = useQuery({
    ...queries.booking(last?.id ?? '', last?.manageToken),
    enabled: last !== undefined,
  });
  if (data?.status !== 'PENDING') return null;
  return (
    <Notice title={t('checkout.title')}>
      <UntilPaid booking={data} />
    </Notice>
  );
}
