import { type FormEvent, useId, useRef, useState } from 'react';
import type { Key } from '../i18n/t.ts';
import { t } from '../i18n/t.ts';
import type { Faults } from '../ui/form-errors.tsx';

/** A short form of texts: what is in each field, what is wrong with it, and when it may go. */
export function useForm<Name extends string>(
  labels: Readonly<Record<Name, Key>>,
  faultOf: (name: Name, value: string) => Key | undefined,
) {
  const names = Object.keys(labels) as Name[];
  const prefix = useId();
  const idOf = (name: string) => `${prefix}${name}`;
  const [values, setValues] = useState(
    () => Object.fromEntries(names.map((name) => [name, ''])) as Record<Name, string>,
  );
  const [faults, setFaults] = useState<Faults>({});
  const attempts = useRef(0);

  const field = (name: Name) => ({
    id: idOf(name),
    label: t(labels[name]),
    name,
    value: values[name],
    error: faults[name] && t(faults[name]),
    onChange: (event: { target: { value: string } }) =>
      setValues((before) => ({ ...before, [name]: event.target.value })),
  });
  const submit = (send: (values: Record<Name, string>) => void) => (event: FormEvent) => {
    event.preventDefault();
    const found = names.flatMap((name) => {
      const fault = faultOf(name, values[name]);
      return fault ? [[name, fault] as const] : [];
    });
    attempts.current += 1;
    setFaults(Object.fromEntries(found));
    if (found.length === 0) send(values);
  };
  return {
    field,
    submit,
    errors: {
      key: attempts.current,
      faults,
      idOf,
      labelOf: (name: string) => t(labels[name as Name]),
    },
  };
}

export const isEmail = (text: string): boolean => /^\S+@\S+\.\S+$/.test(text.trim());
