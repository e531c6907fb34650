import { useQuery } from '@tanstack/react-query';
import { micromark } from 'micromark';
import { useParams, useSearchParams } from 'react-router';
import { queries } from '../api/queries.ts';
import { localeOf } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { textIn } from '../i18n/text-in.ts';
import { useLanguage } from '../layout/language.ts';
import { Failed } from '../layout/states.tsx';
import { useTitle } from '../layout/title.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { SmallPrint } from './small-print.tsx';
import { useTheme } from './use-theme.ts';

/** What an organiser has written: terms, legal notice, privacy, and whatever else it likes. */
export default function WrittenPage() {
  const { organiserId = '', slug = '' } = useParams();
  const version = Number(useSearchParams()[0].get('version')) || undefined;
  const language = useLanguage();
  const page = useQuery(queries.page(organiserId, slug, version));
  useTheme(organiserId);
  useTitle(page.data && textIn(page.data.title, language));

  if (page.isLoadingError) return <Failed error={page.error} retry={page.refetch} />;
  if (!page.data) return <Skeleton className="h-[40rem]" />;
  const { title, body, changedAt } = page.data;
  const date = new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long' });
  return (
    <article className="mx-auto grid max-w-2xl gap-6">
      <h1 className="text-display">{textIn(title, language)}</h1>
      <p className="text-small text-quiet">
        {t('organiser.version', {
          version: page.data.version,
          date: date.format(new Date(changedAt)),
        })}
      </p>
      <div
        className="written"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: micromark lets no HTML and no dangerous address through
        dangerouslySetInnerHTML={{ __html: micromark(textIn(body, language)) }}
      />
      <SmallPrint organiserId={organiserId} />
    </article>
  );
}
