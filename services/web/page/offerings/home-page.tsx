import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useSearchParams } from 'react-router';
import { queries } from '../api/queries.ts';
import { t } from '../i18n/t.ts';
import { useTitle } from '../layout/title.ts';
import { Field } from '../ui/field.tsx';
import { OfferingList } from './offering-list.tsx';

const kinds = ['event', 'ride', 'course'] as const;
type Kind = (typeof kinds)[number];

/** Filters are in the address, so that a list can be sent to somebody. */
function useFilters() {
  const [search, setSearch] = useSearchParams();
  const kind = kinds.find((one) => one === search.get('kind'));
  const q = search.get('q') ?? '';
  const set = (name: 'kind' | 'q', value: string) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (value) after.set(name, value);
        else after.delete(name);
        return after;
      },
      { replace: true },
    );
  return { kind, q, set };
}

function KindFilter({ kind, set }: { kind: Kind | undefined; set: (kind: string) => void }) {
  const name = useId();
  const choices = [
    ['', t('home.filterAll')] as const,
    ...kinds.map((one) => [one, t(`kind.${one}`)] as const),
  ];
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="mb-1 text-small font-semibold">{t('home.filterKind')}</legend>
      {choices.map(([value, label]) => (
        <label
          key={value}
          className="inline-flex min-h-11 items-center rounded-full border border-edge bg-sheet px-4 has-checked:border-accent has-checked:bg-accent-soft has-checked:font-semibold has-focus-visible:outline-3 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={(kind ?? '') === value}
            onChange={() => set(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

export function HomePage() {
  const { kind, q, set } = useFilters();
  useTitle(t('common.home'));
  const found = useQuery(queries.offerings({ ...(kind && { kind }), ...(q && { q }) }));

  return (
    <div className="grid gap-8">
      <div className="grid max-w-2xl gap-2">
        <h1 className="text-display">{t('home.title')}</h1>
        <p className="text-lead text-quiet">{t('home.lead')}</p>
      </div>
      <search className="grid items-end gap-4 sm:grid-cols-[auto_1fr]">
        <KindFilter kind={kind} set={(value) => set('kind', value)} />
        <Field
          label={t('home.search')}
          type="search"
          defaultValue={q}
          onChange={(event) => set('q', event.target.value.trim())}
        />
      </search>
      <OfferingList found={found} />
    </div>
  );
}
