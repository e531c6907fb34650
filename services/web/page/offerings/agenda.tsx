import type { OfferingView } from '@guichet/contracts/offerings';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { AnswerOf } from '../api/call.ts';
import { clock, dayAt, dayInWords } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { textIn } from '../i18n/text-in.ts';
import { useLanguage } from '../layout/language.ts';
import { Failed } from '../layout/states.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

type Dates = AnswerOf<'get /api/calendar'>['items'];

/** The dates of many offerings under their day, each day where it happens. */
function underDays(dates: Dates, offerings: ReadonlyMap<string, OfferingView>) {
  const days = new Map<string, { date: Dates[number]; offering: OfferingView }[]>();
  for (const date of dates) {
    const offering = offerings.get(date.offeringId);
    if (!offering) continue;
    const day = dayAt(date.startsAt, offering.venue.timeZone);
    days.set(day, [...(days.get(day) ?? []), { date, offering }]);
  }
  return [...days];
}

/** What is on, day by day, for whoever has a date and looks for something to do. */
export function Agenda({
  found,
  offerings,
}: {
  found: UseQueryResult<AnswerOf<'get /api/calendar'>>;
  offerings: readonly OfferingView[];
}) {
  const language = useLanguage();
  if (found.isLoadingError) return <Failed error={found.error} retry={found.refetch} />;
  if (!found.data) return <Skeleton className="h-96" />;
  const days = underDays(found.data.items, new Map(offerings.map((one) => [one.id, one])));
  if (days.length === 0) {
    return (
      <Notice title={t('home.none')}>
        <p>{t('home.noneHint')}</p>
      </Notice>
    );
  }
  return (
    <div className="grid gap-6">
      {days.map(([day, entries]) => (
        <section key={day} className="grid gap-2" aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`} className="text-lead font-semibold">
            {dayInWords(day, language)}
          </h2>
          <ul className="grid gap-2">
            {entries.map(({ date, offering }) => (
              <li
                key={date.slotId}
                className="relative grid gap-x-4 rounded-xl border border-line bg-sheet p-4 focus-within:border-edge hover:border-edge sm:grid-cols-[4rem_1fr_auto]"
              >
                <span className="font-semibold figures">
                  {clock(date.startsAt, language, offering.venue.timeZone)}
                </span>
                <Link
                  to={`/${language}/offerings/${offering.id}`}
                  className="font-semibold after:absolute after:inset-0 hover:underline"
                >
                  {textIn(offering.title, language)}
                </Link>
                <span
                  className={`text-small figures ${date.state === 'few_left' ? 'font-semibold text-warn' : 'text-quiet'}`}
                >
                  {t(`slot.${date.state}`, { count: date.remaining })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
