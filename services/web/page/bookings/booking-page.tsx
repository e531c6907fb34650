import type { BookingView } from '@guichet/contracts/bookings';
import type { OfferingView } from '@guichet/contracts/offerings';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { useParams } from 'react-router';
import { queries } from '../api/queries.ts';
import { isEmbedded } from '../embed/embed.ts';
import { tellHost } from '../embed/tell-host.ts';
import { t } from '../i18n/t.ts';
import { Failed } from '../layout/states.tsx';
import { useTitle } from '../layout/title.ts';
import { SmallPrint } from '../organisers/small-print.tsx';
import { useTheme } from '../organisers/use-theme.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { AccountOffer } from './account-offer.tsx';
import { BookedTicket } from './booked-ticket.tsx';
import { BookingActions } from './booking-actions.tsx';
import { ContactDetails } from './contact-details.tsx';
import { remember, tokenOf } from './device-bookings.ts';
import { BookingNotFound, isNotFound } from './not-found.tsx';
import { forgetPass, keepPass, keptPass } from './pass-store.ts';
import { Standing, useIsPaid } from './standing.tsx';

const PassCode = lazy(() => import('../ticket/pass-code.tsx'));

type Opened = {
  readonly booking: BookingView;
  readonly offering: OfferingView;
  readonly manageToken: string | undefined;
};

const hasPass = ({ status }: BookingView) => status === 'CONFIRMED' || status === 'EMBARKED';

/** Passes that were seen once are kept on this device, and shown without a network. */
function Passes({ booking, offering, manageToken }: Opened) {
  const kept = keptPass(booking.id);
  const { data } = useQuery({
    ...queries.passes(booking.id, manageToken),
    ...(kept && { placeholderData: { passes: [...kept.passes] } }),
  });
  useEffect(() => {
    if (data) keepPass({ booking, offering, passes: data.passes });
  }, [booking, offering, data]);
  if (!data) return <Skeleton className="mx-auto aspect-square w-full max-w-72" />;
  return (
    <>
      {data.passes.map((pass, at) => (
        <figure key={pass} className="grid gap-2">
          <Suspense fallback={<Skeleton className="mx-auto aspect-square w-full max-w-72" />}>
            <PassCode pass={pass} label={t('booking.show')} />
          </Suspense>
          {data.passes.length > 1 && (
            <figcaption className="text-center text-small">
              {t('booking.pass', { number: at + 1, count: data.passes.length })}
            </figcaption>
          )}
        </figure>
      ))}
      <p className="text-center text-small text-quiet">{t('booking.show')}</p>
    </>
  );
}

/** The room of the code that is coming, so that nothing moves when it is there. */
const PassToCome = () => (
  <>
    <Skeleton className="mx-auto aspect-square w-full max-w-72" />
    <p className="h-5" />
  </>
);

function Shown({ booking, offering, manageToken }: Opened) {
  const isPaid = useIsPaid(booking, manageToken);
  return (
    <div className="mx-auto grid max-w-xl gap-6">
      <Standing booking={booking} isPaid={isPaid} />
      <BookedTicket booking={booking} offering={offering}>
        {hasPass(booking) && (
          <Passes booking={booking} offering={offering} manageToken={manageToken} />
        )}
        {booking.status === 'PENDING' && isPaid !== false && <PassToCome />}
      </BookedTicket>
      {hasPass(booking) && <BookingActions booking={booking} manageToken={manageToken} />}
      {hasPass(booking) && booking.contact && (
        <ContactDetails booking={booking} contact={booking.contact} manageToken={manageToken} />
      )}
      {hasPass(booking) && manageToken && !isEmbedded && (
        <AccountOffer bookingId={booking.id} manageToken={manageToken} />
      )}
      <SmallPrint organiserId={booking.organiserId} />
    </div>
  );
}

/** A token of a link belongs to this device from now on, and is no longer in the address. */
function useTokenOfLink(
  booking: BookingView | undefined,
  offering: OfferingView | undefined,
  manageToken: string | undefined,
) {
  useEffect(() => {
    if (!booking || !offering || !manageToken) return;
    const { id, reference, offeringId, startsAt } = booking;
    const { title, venue } = offering;
    const { timeZone } = venue;
    remember({ id, reference, offeringId, manageToken, title, startsAt, timeZone });
    if (location.hash) history.replaceState(history.state, '', location.pathname);
  }, [booking, offering, manageToken]);
}

/** A pass that is none any more is not kept to be shown at a gate. */
function useForgetting({ data, isPlaceholderData }: UseQueryResult<BookingView>) {
  useEffect(() => {
    if (data && !isPlaceholderData && !hasPass(data)) forgetPass(data.id);
  }, [data, isPlaceholderData]);
}

/** What a customer has: their ticket, or word of its becoming one. */
export default function BookingPage() {
  const { bookingId = '' } = useParams();
  const manageToken = tokenOf(bookingId);
  const kept = keptPass(bookingId);
  const booking = useQuery({
    ...queries.booking(bookingId, manageToken),
    ...(kept && { placeholderData: kept.booking }),
    // Most payments are confirmed in less than a second, the others within a few; nothing else
    // changes while somebody looks.
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data?.status === 'PENDING' && (dataUpdateCount < 4 ? 400 : 1_000),
  });
  const offering = useQuery({
    ...queries.offering(booking.data?.offeringId ?? ''),
    ...(kept && { placeholderData: kept.offering }),
    enabled: booking.data !== undefined,
  });
  useTitle(t('common.myBookings'));
  useTheme(booking.data?.organiserId);
  useTokenOfLink(booking.data, offering.data, manageToken);
  const confirmed = booking.data?.status === 'CONFIRMED';
  useEffect(() => {
    if (confirmed) tellHost({ type: 'confirmed' });
  }, [confirmed]);
  useForgetting(booking);

  if (isNotFound(booking.error)) return <BookingNotFound />;
  // Without a network an answer of before is the best there is.
  const shown = booking.data ?? kept?.booking;
  const of = offering.data ?? kept?.offering;
  if (shown && of) return <Shown booking={shown} offering={of} manageToken={manageToken} />;
  const failed = [booking, offering].find(({ isLoadingError }) => isLoadingError);
  if (failed) return <Failed error={failed.error} retry={failed.refetch} />;
  return <Skeleton className="h-[40rem]" />;
}
