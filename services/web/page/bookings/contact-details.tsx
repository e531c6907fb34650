import type { BookingView, Contact } from '@guichet/contracts/bookings';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { call } from '../api/call.ts';
import { contactOf, type Details, detailsOf } from '../checkout/contact.ts';
import { DetailFields } from '../checkout/detail-fields.tsx';
import { useDetails } from '../checkout/use-details.ts';
import { languageNames, languages } from '../i18n/languages.ts';
import { t } from '../i18n/t.ts';
import { wordsOf } from '../layout/problem-words.ts';
import { Button } from '../ui/button.tsx';
import { Choices } from '../ui/choices.tsx';
import { FormErrors } from '../ui/form-errors.tsx';
import { Notice } from '../ui/notice.tsx';

type Booked = { booking: BookingView; contact: Contact; manageToken: string | undefined };

function ChangeForm({
  booking,
  contact,
  manageToken,
  onDone,
}: Booked & { onDone: (changed: BookingView | undefined) => void }) {
  const form = useDetails(() => ({ ...detailsOf(booking), accepted: true }));
  const [language, setLanguage] = useState(contact.language);
  const top = useRef<HTMLFormElement>(null);
  useEffect(() => top.current?.querySelector('input')?.focus(), []);
  const change = useMutation({
    mutationFn: (details: Details) =>
      call('patch /api/bookings/{id}', {
        params: { id: booking.id },
        ...(manageToken && { manageToken }),
        body: {
          contact: contactOf(details, language),
          ...(details.attendees.length > 0 && { attendees: [...details.attendees] }),
        },
      }),
    onSuccess: onDone,
  });
  const send = form.submit((details) => {
    if (!change.isPending) change.mutate(details);
  });

  return (
    <form ref={top} noValidate onSubmit={send} className="grid gap-5">
      <FormErrors {...form.errors} />
      {change.isError && <Notice kind="stop" title={wordsOf(change.error)} />}
      <DetailFields {...form} />
      <Choices
        legend={t('booking.writtenIn')}
        value={language}
        choices={languages.map((one) => [one, languageNames[one]] as const)}
        onChange={setLanguage}
      />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" busy={change.isPending}>
          {t('booking.saveContact')}
        </Button>
        <Button look="plain" onClick={() => onDone(undefined)}>
          {t('booking.keepContact')}
        </Button>
      </div>
    </form>
  );
}

/** Who is written to, in which language, and for whom the places are: all of it can be changed. */
export function ContactDetails({ booking, contact, manageToken }: Booked) {
  const client = useQueryClient();
  const [state, setState] = useState<'shown' | 'changing' | 'kept' | 'changed'>('shown');
  const opener = useRef<HTMLButtonElement>(null);
  // The focus goes back to where it came from.
  useEffect(() => {
    if (state === 'kept' || state === 'changed') opener.current?.focus();
  }, [state]);
  const done = (changed: BookingView | undefined) => {
    if (changed) client.setQueryData(['booking', booking.id], changed);
    setState(changed ? 'changed' : 'kept');
  };

  return (
    <section aria-labelledby="contact-details" className="grid gap-3">
      <h2 id="contact-details" className="text-title">
        {t('checkout.details')}
      </h2>
      {state === 'changing' ? (
        <ChangeForm booking={booking} contact={contact} manageToken={manageToken} onDone={done} />
      ) : (
        <>
          <p>
            {contact.firstName} {contact.lastName}
            <br />
            {contact.email}
            {contact.phone && (
              <>
                <br />
                {contact.phone}
              </>
            )}
            <br />
            <span lang={contact.language}>{languageNames[contact.language]}</span>
          </p>
          <div>
            <Button ref={opener} look="plain" onClick={() => setState('changing')}>
              {t('checkout.changeDetails')}
            </Button>
          </div>
        </>
      )}
      <p role="status" className="text-small">
        {state === 'changed' && t('booking.contactChanged', { email: contact.email })}
      </p>
    </section>
  );
}
