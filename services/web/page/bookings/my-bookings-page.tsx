import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLanguage } from '../layout/language.ts';
import { useTitle } from '../layout/title.ts';
import { deviceBookings } from './device-bookings.ts';

/** What was booked on this device. */
export function MyBookingsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  useTitle(t('common.myBookings'));
  return (
    <div className="grid gap-6">
      <h1 className="text-display">{t('common.myBookings')}</h1>
      <ul className="grid gap-2">
        {deviceBookings().map(({ id, reference }) => (
          <li key={id}>
            <Link
              to={`/${language}/bookings/${id}`}
              className="inline-flex min-h-11 items-center font-semibold underline underline-offset-4 figures"
            >
              {reference}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
