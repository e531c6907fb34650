import type { OfferingView } from '@guichet/contracts/offerings';
import { Link } from 'react-router';
import type { AnswerOf } from '../api/call.ts';
import { usePath } from '../embed/use-path.ts';
import { clock, money, shortDate } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { textIn } from '../i18n/text-in.ts';
import { useLanguage } from '../layout/language.ts';
import { Picture } from './picture.tsx';
import { priceFrom } from './price.ts';

export type NextDate = AnswerOf<'get /api/next-dates'>['items'][number];

export function OfferingCard({
  offering,
  next,
}: {
  offering: OfferingView;
  /** The next date; not yet known while it is asked for. */
  next: NextDate | undefined;
}) {
  const language = useLanguage();
  const path = usePath();
  const cents = priceFrom(offering);
  const { timeZone } = offering.venue;
  const [cover] = offering.pictures;
  return (
    <article className="relative flex h-full flex-col gap-3 overflow-hidden rounded-xl border border-line bg-sheet p-5 hover:border-edge focus-within:border-edge">
      {cover && (
        <div className="-mx-5 -mt-5 mb-1">
          <Picture
            picture={cover}
            sizes="(min-width: 1024px) 24rem, (min-width: 640px) 50vw, 100vw"
            className="aspect-video"
          />
        </div>
      )}
      <p className="text-small font-semibold text-accent">{t(`kind.${offering.kind}`)}</p>
      <h2 className="text-title">
        <Link
          to={path(`/offerings/${offering.id}`)}
          className="after:absolute after:inset-0 hover:underline"
        >
          {textIn(offering.title, language)}
        </Link>
      </h2>
      <p className="line-clamp-3 text-quiet">{textIn(offering.description, language)}</p>
      <p className="mt-auto text-small text-quiet">{offering.venue.name}</p>
      <p className="min-h-6 figures">
        {next &&
          `${shortDate(next.startsAt, language, timeZone)}, ${clock(next.startsAt, language, timeZone)}`}
        {next && next.state !== 'available' && ` · ${t(`day.${next.state}`)}`}
      </p>
      <div className="perforated -mx-5" />
      <p className="font-semibold figures">
        {cents === 0
          ? t('home.free')
          : t('home.from', { price: money(cents, offering.currency, language) })}
      </p>
    </article>
  );
}
