import type { BookingView } from '@guichet/contracts/bookings';
import type { OfferingView } from '@guichet/contracts/offerings';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { queries } from '../api/queries.ts';
import { BookedTicket } from '../bookings/booked-ticket.tsx';
import { tokenOf } from '../bookings/device-bookings.ts';
import { BookingNotFound, isNotFound } from '../bookings/not-found.tsx';
import { isEmbedded } from '../embed/embed.ts';
import { usePath } from '../embed/use-path.ts';
import { clock, money } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { useLanguage } from '../layout/language.ts';
import { wordsOf } from '../layout/problem-words.ts';
import { Failed } from '../layout/states.tsx';
import { useTitle } from '../layout/title.ts';
import { SmallPrint } from '../organisers/small-print.tsx';
import { useTheme } from '../organisers/use-theme.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { DetailsForm } from './details-form.tsx';
import { HoldTimer, useSecondsUntil } from './hold-timer.tsx';
import { PaymentForm } from './payment-form.tsx';
import { useCheckout } from './use-checkout.ts';

function Expired({ offeringId }: { offeringId: string }) {
  const path = usePath();
  return (
    <Notice kind="warn" title={t('checkout.expired')}>
      <p>{t('checkout.expiredHint')}</p>
      <div>
        <Link to={path(`/offerings/${offeringId}`)} className={buttonClass()}>
          {t('checkout.chooseAgain')}
        </Link>
      </div>
    </Notice>
  );
}

/**
 * Where a bank that needs the whole window sends its customer back to. Stripe gives it the window
 * around a frame too, where what the frame has kept is not: there the token comes along, in the
 * fragment, as in an e-mail.
 */
const returnAddress = (language: string, id: string, manageToken: string | undefined): string =>
  `${location.origin}/${language}/bookings/${id}${isEmbedded && manageToken ? `#${manageToken}` : ''}`;

/** In one line each, before anything is paid: what cancelling gives back. */
function RefundRules({ offering: { refundRules } }: { offering: OfferingView }) {
  return (
    <ul className="mt-4 grid gap-1 text-small text-quiet">
      {refundRules.length === 0 && <li>{t('checkout.noRefund')}</li>}
      {refundRules.map(({ hoursBefore, percent }) => (
        <li key={hoursBefore}>{t('checkout.refund', { hours: hoursBefore, percent })}</li>
      ))}
    </ul>
  );
}

function Held({
  booking,
  offering,
  manageToken,
}: {
  booking: BookingView;
  offering: OfferingView;
  manageToken: string | undefined;
}) {
  const language = useLanguage();
  const navigate = useNavigate();
  const client = useQueryClient();
  const organiser = useQuery(queries.organiser(booking.organiserId)).data?.name ?? '';
  useTheme(booking.organiserId);
  const { beginPaying, extend } = useCheckout(booking, manageToken);
  const until = booking.holdExpiresAt ?? booking.startsAt;
  const seconds = useSecondsUntil(until);
  const payment = beginPaying.data;
  const bookingPath = usePath()(`/bookings/${booking.id}`);
  const amount = money(booking.totalCents, booking.currency, language);
  const done = () => navigate(bookingPath, { replace: true, state: { paid: true } });
  const over = () => client.invalidateQueries({ queryKey: ['booking', booking.id] });

  if (payment?.provider === 'none') {
    return <Navigate to={bookingPath} replace state={{ paid: true }} />;
  }
  if (seconds === 0 && !payment) return <Expired offeringId={booking.offeringId} />;
  return (
    <div className="grid gap-8 lg:grid-cols-[1fr_22rem]">
      <div className="grid content-start gap-6">
        <h1 className="text-display">{t('checkout.title')}</h1>
        <div className="flex min-h-11 flex-wrap items-center justify-between gap-3">
          <HoldTimer until={until} seconds={seconds} />
          {!booking.extended && !payment && (
            <Button look="plain" busy={extend.isPending} onClick={() => extend.mutate()}>
              {t('checkout.extend')}
            </Button>
          )}
          <p role="status" className="sr-only">
            {extend.data?.holdExpiresAt &&
              t('checkout.extended', {
                time: clock(
                  extend.data.holdExpiresAt,
                  language,
                  Intl.DateTimeFormat().resolvedOptions().timeZone,
                ),
              })}
          </p>
        </div>
        {extend.isError && <Notice kind="stop" title={wordsOf(extend.error)} />}
        {beginPaying.isError && <Notice kind="stop" title={wordsOf(beginPaying.error)} />}
        {payment ? (
          <PaymentForm
            payment={payment}
            returnTo={returnAddress(language, booking.id, manageToken)}
            label={t('checkout.pay', { amount })}
            onPaid={done}
            onOver={over}
          >
            <Button look="quiet" onClick={() => beginPaying.reset()}>
              {t('checkout.changeDetails')}
            </Button>
          </PaymentForm>
        ) : (
          <DetailsForm
            booking={booking}
            organiser={organiser}
            busy={beginPaying.isPending}
            label={
              booking.totalCents === 0
                ? t('checkout.confirmFree')
                : t('checkout.goOnToPay', { amount })
            }
            onDone={(details) => beginPaying.mutate(details)}
          />
        )}
      </div>
      <aside className="lg:sticky lg:top-4 lg:self-start">
        <BookedTicket booking={booking} offering={offering} />
        <RefundRules offering={offering} />
        <SmallPrint organiserId={booking.organiserId} />
      </aside>
    </div>
  );
}

/** From places that are held to places that are paid. */
export default function CheckoutPage() {
  const path = usePath();
  const { bookingId = '' } = useParams();
  const manageToken = tokenOf(bookingId);
  const booking = useQuery({ ...queries.booking(bookingId, manageToken), refetchInterval: 15_000 });
  const offering = useQuery({
    ...queries.offering(booking.data?.offeringId ?? ''),
    enabled: booking.data !== undefined,
  });
  useTitle(t('checkout.title'));

  if (isNotFound(booking.error)) return <BookingNotFound />;
  const failed = [booking, offering].find(({ isLoadingError }) => isLoadingError);
  if (failed) return <Failed error={failed.error} retry={failed.refetch} />;
  if (!booking.data || !offering.data) return <Skeleton className="h-[40rem]" />;
  if (booking.data.status === 'EXPIRED' || booking.data.status === 'CANCELLED') {
    return <Expired offeringId={booking.data.offeringId} />;
  }
  if (booking.data.status !== 'PENDING') {
    return <Navigate to={path(`/bookings/${bookingId}`)} replace />;
  }
  return <Held booking={booking.data} offering={offering.data} manageToken={manageToken} />;
}
