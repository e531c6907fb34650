import type { BookingView } from '@guichet/contracts/bookings';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useMe, useSignOut } from '../account/session.ts';
import { queries } from '../api/queries.ts';
import { clock, longDate } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { textIn } from '../i18n/text-in.ts';
import { useLanguage } from '../layout/language.ts';
import { Failed } from '../layout/states.tsx';
import { useTitle } from '../layout/title.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { type DeviceBooking, deviceBookings } from './device-bookings.ts';

type Listed = {
  readonly id: string;
  readonly title: string;
  readonly when: string;
  readonly reference: string;
};

function List({ bookings }: { bookings: readonly Listed[] }) {
  const language = useLanguage();
  return (
    <ul className="grid gap-3">
      {bookings.map(({ id, title, when, reference }) => (
        <li
          key={id}
          className="relative flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 rounded-xl border border-line bg-sheet p-4 focus-within:border-edge hover:border-edge"
        >
          <span className="grid">
            <Link
              to={`/${language}/bookings/${id}`}
              className="text-lead font-semibold after:absolute after:inset-0 hover:underline"
            >
              {title}
            </Link>
            <span className="text-quiet figures">{when}</span>
          </span>
          <span className="font-semibold tracking-wider figures">{reference}</span>
        </li>
      ))}
    </ul>
  );
}

/** The account’s bookings know their offering by id alone. */
function OfAccount({ bookings }: { bookings: readonly BookingView[] }) {
  const language = useLanguage();
  const ids = [...new Set(bookings.map(({ offeringId }) => offeringId))];
  const offerings = useQueries({ queries: ids.map((id) => queries.offering(id)) });
  const listed = bookings.flatMap(({ id, offeringId, startsAt, reference }) => {
    const { data, isPending } = offerings[ids.indexOf(offeringId)] ?? {};
    if (isPending) return [];
    const zone = data?.venue.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    return {
      id,
      reference,
      title: data ? textIn(data.title, language) : t('bookings.booking'),
      when: `${longDate(startsAt, language, zone)}, ${clock(startsAt, language, zone)}`,
    };
  });
  return (
    <section className="grid gap-3" aria-labelledby="of-account">
      <h2 id="of-account" className="text-title">
        {t('bookings.ofAccount')}
      </h2>
      <List bookings={listed} />
    </section>
  );
}

function OfDevice({ bookings }: { bookings: readonly DeviceBooking[] }) {
  const language = useLanguage();
  return (
    <section className="grid gap-3" aria-labelledby="of-device">
      <h2 id="of-device" className="text-title">
        {t('bookings.ofDevice')}
      </h2>
      <List
        bookings={bookings.map(({ id, title, startsAt, timeZone, reference }) => ({
          id,
          reference,
          title: textIn(title, language),
          when: `${longDate(startsAt, language, timeZone)}, ${clock(startsAt, language, timeZone)}`,
        }))}
      />
    </section>
  );
}

function None() {
  const language = useLanguage();
  return (
    <Notice title={t('bookings.none')}>
      <p>{t('bookings.noneHint')}</p>
      <div>
        <Link to={`/${language}`} className={buttonClass()}>
          {t('common.home')}
        </Link>
      </div>
    </Notice>
  );
}

function Account() {
  const language = useLanguage();
  const me = useMe();
  const signOut = useSignOut();
  if (!me) {
    return (
      <Link to={`/${language}/sign-in`} className={`${buttonClass('plain')} justify-self-start`}>
        {t('common.signIn')}
      </Link>
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-4">
      <p>{t('bookings.signedInAs', { email: me.email })}</p>
      <Button look="plain" busy={signOut.isPending} onClick={() => signOut.mutate()}>
        {t('common.signOut')}
      </Button>
    </div>
  );
}

/** What is one’s own: of the account, and what of this device is in no account. */
export default function MyBookingsPage() {
  const me = useMe();
  const account = useQuery({ ...queries.myBookings(), enabled: me !== undefined });
  const ofAccount = (me && account.data?.items) ?? [];
  const ofDevice = deviceBookings().filter((one) => !ofAccount.some(({ id }) => id === one.id));
  useTitle(t('common.myBookings'));
  return (
    <div className="mx-auto grid max-w-2xl gap-8">
      <h1 className="text-display">{t('common.myBookings')}</h1>
      <Account />
      {account.isLoadingError && <Failed error={account.error} retry={account.refetch} />}
      {ofAccount.length > 0 && <OfAccount bookings={ofAccount} />}
      {ofDevice.length > 0 && <OfDevice bookings={ofDevice} />}
      {ofAccount.length + ofDevice.length === 0 && !account.isFetching && <None />}
    </div>
  );
}
