import { type FormEvent, useId, useRef, useState } from 'react';
import { type Key, t } from '../i18n/t.ts';
import type { Faults } from '../ui/form-errors.tsx';
import { type Details, faultsOf } from './contact.ts';

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

type Changed = { target: { value: string } };

/** The form of a booking’s details: what is in each field, what is wrong with it, when it may go. */
export function useDetails(first: () => Details, keep: (details: Details) => void = () => {}) {
  const prefix = useId();
  const idOf = (field: string) => `${prefix}${field}`;
  const [details, setDetails] = useState(first);
  const [faults, setFaults] = useState<Faults>({});
  const attempts = useRef(0);

  const set = (changed: Partial<Details>) =>
    setDetails((before) => {
      const after = { ...before, ...changed };
      keep(after);
      return after;
    });
  const said = (field: string) => ({
    id: idOf(field),
    error: faults[field] && t(faults[field]),
  });

  return {
    details,
    set,
    field: (field: 'email' | 'firstName' | 'lastName' | 'phone') => ({
      ...said(field),
      label: labelOf(field),
      value: details[field],
      onChange: ({ target }: Changed) => set({ [field]: target.value }),
    }),
    attendee: (at: number, part: 'firstName' | 'lastName') => ({
      ...said(`attendees.${at}.${part}`),
      label: labelOf(part),
      value: details.attendees[at]?.[part] ?? '',
      onChange: ({ target }: Changed) =>
        set({
          attendees: details.attendees.map((one, nth) =>
            nth === at ? { ...one, [part]: target.value } : one,
          ),
        }),
    }),
    accepted: { id: idOf('accepted'), isMissing: faults.accepted !== undefined },
    submit: (send: (details: Details) => void) => (event: FormEvent) => {
      event.preventDefault();
      const found = faultsOf(details);
      attempts.current += 1;
      setFaults(found);
      if (Object.keys(found).length === 0) send(details);
    },
    errors: { key: attempts.current, faults, idOf, labelOf },
  };
}
export type DetailsInHand = ReturnType<typeof useDetails>;
