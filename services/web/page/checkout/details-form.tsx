import type { BookingView } from '@guichet/contracts/bookings';
import { type FormEvent, useId, useRef, useState } from 'react';
import { Link } from 'react-router';
import { type Key, t } from '../i18n/t.ts';
import { useLanguage } from '../layout/language.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { type Faults, FormErrors } from '../ui/form-errors.tsx';
import { type Details, faultsOf, firstDetails, keepDetails } from './contact.ts';

const labels: Readonly<Record<string, Key>> = {
  email: 'checkout.email',
  firstName: 'checkout.firstName',
  lastName: 'checkout.lastName',
  phone: 'checkout.phone',
  accepted: 'checkout.termsField',
};

/** A field’s own label; an attendee’s says which place it is. */
function labelOf(field: string): string {
  const [, at, part] = /^attendees\.(\d+)\.(\w+)$/.exec(field) ?? [];
  const label = labels[part ?? field];
  const named = label ? t(label) : field;
  return at === undefined
    ? named
    : `${t('checkout.attendee', { number: Number(at) + 1 })}, ${named}`;
}

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
  const prefix = useId();
  const idOf = (field: string) => `${prefix}${field}`;
  const [details, setDetails] = useState(() => firstDetails(booking));
  const [faults, setFaults] = useState<Faults>({});
  const attempts = useRef(0);

  const set = (changed: Partial<Details>) =>
    setDetails((before) => {
      const after = { ...before, ...changed };
      keepDetails(after);
      return after;
    });
  const text = (field: 'email' | 'firstName' | 'lastName' | 'phone') => ({
    id: idOf(field),
    label: labelOf(field),
    value: details[field],
    error: faults[field] && t(faults[field]),
    onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
  });
  const attendee = (at: number, field: 'firstName' | 'lastName') => {
    const name = `attendees.${at}.${field}`;
    return {
      id: idOf(name),
      label: labelOf(field),
      value: details.attendees[at]?.[field] ?? '',
      error: faults[name] && t(faults[name]),
      autoComplete: 'off',
      onChange: (event: { target: { value: string } }) =>
        set({
          attendees: details.attendees.map((one, nth) =>
            nth === at ? { ...one, [field]: event.target.value } : one,
          ),
        }),
    };
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = faultsOf(details);
    attempts.current += 1;
    setFaults(found);
    if (Object.keys(found).length === 0 && !busy) onDone(details);
  }

  return (
    <form noValidate onSubmit={submit} className="grid gap-5">
      <h2 className="text-title">{t('checkout.details')}</h2>
      <FormErrors key={attempts.current} faults={faults} idOf={idOf} labelOf={labelOf} />
      <Field
        {...text('email')}
        type="email"
        autoComplete="email"
        inputMode="email"
        required
        hint={t('checkout.detailsHint')}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field {...text('firstName')} autoComplete="given-name" required />
        <Field {...text('lastName')} autoComplete="family-name" required />
      </div>
      <Field {...text('phone')} type="tel" autoComplete="tel" optional={t('common.optional')} />
      {details.attendees.length > 0 && (
        <fieldset className="grid gap-4">
          <legend className="mb-2 text-lead font-semibold">{t('checkout.attendees')}</legend>
          {details.attendees.map((_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a place is its number
            <fieldset key={at} className="grid gap-3 sm:grid-cols-2">
              <legend className="mb-1 text-small font-semibold">
                {t('checkout.attendee', { number: at + 1 })}
              </legend>
              <Field {...attendee(at, 'firstName')} required />
              <Field {...attendee(at, 'lastName')} required />
            </fieldset>
          ))}
        </fieldset>
      )}
      <label className="flex min-h-11 items-center gap-3">
        <input
          id={idOf('accepted')}
          type="checkbox"
          checked={details.accepted}
          aria-invalid={faults.accepted ? true : undefined}
          onChange={(event) => set({ accepted: event.target.checked })}
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
