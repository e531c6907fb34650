import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { AnswerOf } from '../api/call.ts';
import { queries } from '../api/queries.ts';
import { t } from '../i18n/t.ts';
import { Failed } from '../layout/states.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { OfferingCard } from './offering-card.tsx';

/** What was found, how much of it, or why there is nothing to see. */
export function OfferingList({ found }: { found: UseQueryResult<AnswerOf<'get /api/offerings'>> }) {
  const items = found.data?.items;
  const dates = useQuery(queries.nextDates((items ?? []).map(({ id }) => id)));
  const nextOf = (id: string) => dates.data?.items.find(({ offeringId }) => offeringId === id);
  return (
    <>
      <p role="status" className="sr-only">
        {items && t('home.found', { count: items.length })}
      </p>
      {found.isLoadingError && <Failed error={found.error} retry={found.refetch} />}
      {items?.length === 0 && (
        <Notice title={t('home.none')}>
          <p>{t('home.noneHint')}</p>
        </Notice>
      )}
      <ul className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
        {items?.map((offering) => (
          <li key={offering.id}>
            <OfferingCard offering={offering} next={nextOf(offering.id)} />
          </li>
        ))}
        {found.isPending &&
          [1, 2, 3].map((nth) => (
            <li key={nth}>
              <Skeleton className="h-72" />
            </li>
          ))}
      </ul>
    </>
  );
}
