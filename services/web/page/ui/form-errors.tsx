import { type Key, t } from '../i18n/t.ts';

/** What is wrong, as a key of the texts, under the name of its field. */
export type Faults = Readonly<Record<string, Key>>;

/** What is wrong, together, with a way to each field; it takes the focus when it appears. */
export function FormErrors({
  faults,
  idOf,
  labelOf,
}: {
  faults: Faults;
  idOf: (field: string) => string;
  labelOf: (field: string) => string;
}) {
  const fields = Object.entries(faults);
  if (fields.length === 0) return null;
  return (
    <div
      role="alert"
      tabIndex={-1}
      ref={(element) => element?.focus()}
      className="grid gap-2 rounded-lg border-2 border-stop bg-sheet p-4"
    >
      <p className="font-semibold">{t('checkout.errors', { count: fields.length })}</p>
      <ul className="grid gap-1">
        {fields.map(([field, key]) => (
          <li key={field}>
            <a href={`#${idOf(field)}`} className="inline-block py-1 underline underline-offset-4">
              {t('field.fault', { field: labelOf(field), fault: t(key) })}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
