import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'react-router';
import { type AnswerOf, call, Refused } from '../api/call.ts';
import { queries } from '../api/queries.ts';
import { tokenOf } from '../bookings/device-bookings.ts';
import { clock, longDate } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { textIn } from '../i18n/text-in.ts';
import { useLanguage } from '../layout/language.ts';
import { wordsOf } from '../layout/problem-words.ts';
import { Failed } from '../layout/states.tsx';
import { useTitle } from '../layout/title.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

type Entry = AnswerOf<'get /api/waiting-list/{id}'>;

/** What is waited for: the offering, when it is, and for how many. */
function WaitedFor({ entry }: { entry: Entry }) {
  const language = useLanguage();
  const offering = useQuery(queries.offering(entry.offeringId)).data;
  if (!offering) return <Skeleton className="h-16" />;
  const { timeZone } = offering.venue;
  return (
    <p>
      <strong>{textIn(offering.title, language)}</strong>
      <br />
      {longDate(entry.startsAt, language, timeZone)}, {clock(entry.startsAt, language, timeZone)}
      <br />
      {t('offering.places', { count: entry.places })}
    </p>
  );
}

/** Where it stands, and what there is to do about it. */
function Standing({ entry, leave }: { entry: Entry; leave: ReactNode }) {
  const language = useLanguage();
  if (entry.status === 'waiting') {
    return (
      <>
        <p className="text-lead font-semibold figures">
          {t('waitingList.ahead', { count: entry.ahead })}
        </p>
        <p className="text-quiet">{t('waitingList.wait')}</p>
        {leave}
      </>
    );
  }
  if (entry.status === 'lapsed') {
    return (
      <Notice kind="warn" title={t('waitingList.lapsed')}>
        <Link
          to={`/${language}/offerings/${entry.offeringId}`}
          className={`${buttonClass('plain')} justify-self-start`}
        >
          {t('checkout.chooseAgain')}
        </Link>
      </Notice>
    );
  }
  const said = entry.status === 'offered' ? t('waitingList.offered') : t('waitingList.booked');
  return <Notice kind="ok" title={said} />;
}

/** An entry of a waiting list, for whoever has the link of its e-mail. */
export default function EntryPage() {
  const { entryId = '' } = useParams();
  const [manageToken] = useState(() => tokenOf(entryId));
  const entry = useQuery({ ...queries.entry(entryId, manageToken), refetchInterval: 60_000 });
  const leaving = useMutation({
    mutationFn: () =>
      call('delete /api/waiting-list/{id}', {
        params: { id: entryId },
        ...(manageToken && { manageToken }),
      }),
    // It may have been offered places meanwhile.
    onError: () => entry.refetch(),
  });
  useTitle(t('waitingList.title'));
  const isGone = entry.error instanceof Refused && [401, 404].includes(entry.error.status);

  return (
    <div className="mx-auto grid max-w-xl gap-6">
      <h1 className="text-display">{t('waitingList.title')}</h1>
      {leaving.isSuccess && (
        <div role="status">
          <Notice kind="ok" title={t('waitingList.left')} />
        </div>
      )}
      {!leaving.isSuccess && isGone && <Notice kind="warn" title={wordsOf(entry.error)} />}
      {!isGone && entry.isLoadingError && <Failed error={entry.error} retry={entry.refetch} />}
      {entry.isPending && <Skeleton className="h-48" />}
      {!leaving.isSuccess && !isGone && entry.data && (
        <>
          <WaitedFor entry={entry.data} />
          <Standing
            entry={entry.data}
            leave={
              <Button
                look="plain"
                className="justify-self-start"
                busy={leaving.isPending}
                onClick={() => leaving.mutate()}
              >
                {t('waitingList.leave')}
              </Button>
            }
          />
          {leaving.isError && <Notice kind="stop" title={wordsOf(leaving.error)} />}
        </>
      )}
    </div>
  );
}
