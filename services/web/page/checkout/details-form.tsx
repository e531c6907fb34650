import type { BookingView } from '@guichet/contracts/bookings';
import { Link } from 'react-router';
import { t } from '../i18n/t.ts';
import { useLanguage } from '../layout/language.ts';
import { Button } from '../ui/button.tsx';
import { FormErrors } from '../ui/form-errors.tsx';
import { type Details, firstDetails, keepDetails } from './contact.ts';
import { DetailFields } from './detail-fields.tsx';
import { useDetails } from './use-details.ts';

/** The details that a booking needs before it is paid, and that its terms are accepted. */
export function DetailsForm({
  booking,
  organiser,
  busy,
  label,
  onDone,
}: {
  booking: BookingView;
  organiser: string;
  busy: boolean;
  label: string;
  onDone: (details: Details) => void;
}) {
  const language = useLanguage();
  const form = useDetails(() => firstDetails(booking), keepDetails);
  const send = form.submit((details) => {
    if (!busy) onDone(details);
  });

  return (
    <form noValidate onSubmit={send} className="grid gap-5">
      <h2 className="text-title">{t('checkout.details')}</h2>
      <FormErrors {...form.errors} />
      <DetailFields {...form} />
      <label className="flex min-h-11 items-center gap-3">
        <input
          id={form.accepted.id}
          type="checkbox"
          checked={form.details.accepted}
          aria-invalid={form.accepted.isMissing || undefined}
          onChange={(event) => form.set({ accepted: event.target.checked })}
          className="size-6 shrink-0 accent-accent"
        />
        <span>{t('checkout.terms', { organiser })}</span>
      </label>
      <Link
        to={`/${language}/organisers/${booking.organiserId}/pages/terms`}
        target="_blank"
        className="-mt-3 inline-flex min-h-11 items-center justify-self-start underline underline-offset-4"
      >
        {t('checkout.readTerms')}
      </Link>
      <Button type="submit" busy={busy}>
        {label}
      </Button>
    </form>
  );
}
