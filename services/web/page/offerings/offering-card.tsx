import type { OfferingView } from '@guichet/contracts/offerings';
import { Link } from 'react-router';
import { money } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { textIn } from '../i18n/text-in.ts';
import { useLanguage } from '../layout/language.ts';
import { priceFrom } from './price.ts';

export function OfferingCard({ offering }: { offering: OfferingView }) {
  const language = useLanguage();
  const cents = priceFrom(offering);
  return (
    <article className="relative flex h-full flex-col gap-3 rounded-xl border border-line bg-sheet p-5 hover:border-edge focus-within:border-edge">
      <p className="text-small font-semibold text-accent">{t(`kind.${offering.kind}`)}</p>
      <h2 className="text-title">
        <Link
          to={`/${language}/offerings/${offering.id}`}
          className="after:absolute after:inset-0 hover:underline"
        >
          {textIn(offering.title, language)}
        </Link>
      </h2>
      <p className="line-clamp-3 text-quiet">{textIn(offering.description, language)}</p>
      <p className="mt-auto text-small text-quiet">{offering.venue.name}</p>
      <div className="perforated -mx-5" />
      <p className="font-semibold figures">
        {cents === 0
          ? t('home.free')
          : t('home.from', { price: money(cents, offering.currency, language) })}
      </p>
    </article>
  );
}
