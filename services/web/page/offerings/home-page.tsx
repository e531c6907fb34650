import { useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries.ts';
import { t } from '../i18n/t.ts';
import { useTitle } from '../layout/title.ts';
import { Choices } from '../ui/choices.tsx';
import { Field } from '../ui/field.tsx';
import { Agenda } from './agenda.tsx';
import { OfferingList } from './offering-list.tsx';
import { type Kind, kinds, spanOf, useFilters, type View } from './use-filters.ts';

function Filters({ kind, q, place, date, view, set }: ReturnType<typeof useFilters>) {
  return (
    <search className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-4 sm:grid-cols-[2fr_2fr_1fr]">
      <Field
        className="max-sm:col-span-2"
        label={t('home.search')}
        type="search"
        defaultValue={q}
        onChange={(event) => set('q', event.target.value.trim())}
      />
      <Field
        label={t('home.place')}
        type="search"
        defaultValue={place}
        onChange={(event) => set('place', event.target.value.trim())}
      />
      <Field
        label={t('home.date')}
        type="date"
        value={date}
        onChange={(event) => set('date', event.target.value)}
      />
      <Choices<Kind | ''>
        className="max-sm:col-span-2"
        legend={t('home.filterKind')}
        value={kind ?? ''}
        choices={[
          ['', t('home.filterAll')],
          ...kinds.map((one) => [one, t(`kind.${one}`)] as const),
        ]}
        onChange={(value) => set('kind', value)}
      />
      <Choices<View>
        className="max-sm:col-span-2"
        legend={t('home.view')}
        value={view}
        choices={[
          ['list', t('home.asList')],
          ['calendar', t('home.asCalendar')],
        ]}
        onChange={(value) => set('view', value === 'list' ? '' : value)}
      />
    </search>
  );
}

/** Everything that is on, as a list or day by day. */
export function HomePage() {
  const filters = useFilters();
  const { kind, q, place, date, view } = filters;
  useTitle(t('common.home'));
  const span = spanOf(date);
  const found = useQuery(
    queries.offerings({
      ...(kind && { kind }),
      ...(q && { q }),
      ...(place && { place }),
      ...span,
    }),
  );
  const dates = useQuery({ ...queries.calendar(span), enabled: view === 'calendar' });

  return (
    <div className="grid gap-8">
      <div className="grid max-w-2xl gap-2">
        <h1 className="text-display">{t('home.title')}</h1>
        <p className="text-lead text-quiet">{t('home.lead')}</p>
      </div>
      <Filters {...filters} />
      {view === 'calendar' ? (
        <Agenda found={dates} offerings={found.data?.items ?? []} />
      ) : (
        <OfferingList found={found} />
      )}
    </div>
  );
}
