import { Link } from 'react-router';
import { Refused } from '../api/call.ts';
import { isEmbedded } from '../embed/embed.ts';
import { t } from '../i18n/t.ts';
import { useLanguage } from '../layout/language.ts';
import { buttonClass } from '../ui/button.tsx';

/** Whether it is not there, or not this visitor’s to see: to whom that is the same. */
export const isNotFound = (error: unknown): boolean =>
  error instanceof Refused && [400, 401, 403, 404].includes(error.status);

/** A booking that cannot be opened here, and where it can be found. */
export function BookingNotFound() {
  const language = useLanguage();
  return (
    <div className="grid max-w-xl justify-items-start gap-4 py-12">
      <h1 className="text-display">{t('booking.notFound')}</h1>
      <p className="text-lead text-quiet">{t('booking.notFoundHint')}</p>
      {!isEmbedded && (
        <Link to={`/${language}/bookings`} className={buttonClass()}>
          {t('common.myBookings')}
        </Link>
      )}
    </div>
  );
}
