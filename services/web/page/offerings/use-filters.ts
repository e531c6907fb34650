import { useSearchParams } from 'react-router';

export const kinds = ['event', 'ride', 'course'] as const;
export type Kind = (typeof kinds)[number];
export const views = ['list', 'calendar'] as const;
export type View = (typeof views)[number];

const day = /^\d{4}-\d{2}-\d{2}$/;

/** Filters are in the address, so that a list can be sent to somebody. */
export function useFilters() {
  const [search, setSearch] = useSearchParams();
  const date = search.get('date') ?? '';
  return {
    kind: kinds.find((one) => one === search.get('kind')),
    view: views.find((one) => one === search.get('view')) ?? 'list',
    q: search.get('q') ?? '',
    place: search.get('place') ?? '',
    date: day.test(date) ? date : '',
    set: (name: 'kind' | 'q' | 'place' | 'date' | 'view', value: string) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          if (value) after.set(name, value);
          else after.delete(name);
          return after;
        },
        { replace: true },
      ),
  };
}

/** A day where the visitor is, as the API asks for a span of time. */
export function spanOf(date: string): { from?: string; to?: string } {
  if (!date) return {};
  const from = new Date(`${date}T00:00:00`);
  const to = new Date(`${date}T23:59:59`);
  return { from: from.toISOString(), to: to.toISOString() };
}
