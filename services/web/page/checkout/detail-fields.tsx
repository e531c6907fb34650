import { t } from '../i18n/t.ts';
import { Field } from '../ui/field.tsx';
import type { DetailsInHand } from './use-details.ts';

/** Who books, and who comes where names are asked. */
export function DetailFields({ details, field, attendee }: DetailsInHand) {
  return (
    <>
      <Field
        {...field('email')}
        type="email"
        autoComplete="email"
        inputMode="email"
        required
        hint={t('checkout.detailsHint')}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field {...field('firstName')} autoComplete="given-name" required />
        <Field {...field('lastName')} autoComplete="family-name" required />
      </div>
      <Field {...field('phone')} type="tel" autoComplete="tel" optional={t('common.optional')} />
      {details.attendees.length > 0 && (
        <fieldset className="grid gap-4">
          <legend className="mb-2 text-lead font-semibold">{t('checkout.attendees')}</legend>
          {details.attendees.map((_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a place is its number
            <fieldset key={at} className="grid gap-3 sm:grid-cols-2">
              <legend className="mb-1 text-small font-semibold">
                {t('checkout.attendee', { number: at + 1 })}
              </legend>
              <Field {...attendee(at, 'firstName')} autoComplete="off" required />
              <Field {...attendee(at, 'lastName')} autoComplete="off" required />
            </fieldset>
          ))}
        </fieldset>
      )}
    </>
  );
}
