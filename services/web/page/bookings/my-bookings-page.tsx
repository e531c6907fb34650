import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useMe, useSignOut } from '../account/session.ts';
import { queries } from '../api/queries.ts';
import { clock, longDate } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { textIn } from '../i18n/text-in.ts';
import { useLanguage } from '../layout/language.ts';
import { useTitle } from '../layout/title.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { deviceBookings } from './device-bookings.ts';

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
function OfAccount() {
  const language = useLanguage();
  const bookings = useQuery(queries.myBookings()).data?.items ?? [];
  const offerings = useQuery({ ...queries.offerings({}), enabled: bookings.length > 0 }).data
    ?.items;
  const titleOf = (offeringId: string) => {
    const found = offerings?.find(({ id }) => id === offeringId);
    return found ? textIn(found.title, language) : t('bookings.booking');
  };
  const zoneOf = (offeringId: string) =>
    offerings?.find(({ id }) => id === offeringId)?.venue.timeZone ?? 'UTC';
  if (bookings.length === 0) return null;
  return (
    <section className="grid gap-3" aria-labelledby="of-account">
      <h2 id="of-account" className="text-title">
        {t('bookings.ofAccount')}
      </h2>
      <List
        bookings={bookings.map(({ id, offeringId, startsAt, reference }) => ({
          id,
          reference,
          title: titleOf(offeringId),
          when: `${longDate(startsAt, language, zoneOf(offeringId))}, ${clock(startsAt, language, zoneOf(offeringId))}`,
        }))}
      />
    </section>
  );
}

function OfDevice() {
  const language = useLanguage();
  const known = deviceBookings();
  if (known.length === 0) {
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
  return (
    <section className="grid gap-3" aria-labelledby="of-device">
      <h2 id="of-device" className="text-title">
        {t('bookings.ofDevice')}
      </h2>
      <List
        bookings={known.map(({ id, title, startsAt, timeZone, reference }) => ({
          id,
          reference,
          title: textIn(title, language),
          when: `${longDate(startsAt, language, timeZone)}, ${clock(startsAt, language, timeZone)}`,
        }))}
      />
    </section>
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

/** What is one’s own: of the account, and of this device. */
export default function MyBookingsPage() {
  const me = useMe();
  useTitle(t('common.myBookings'));
  return (
    <div className="mx-auto grid max-w-2xl gap-8">
      <h1 className="text-display">{t('common.myBookings')}</h1>
      <Account />
      {me && <OfAccount />}
      <OfDevice />
    </div>
  );
}
