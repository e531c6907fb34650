import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { queries } from '../api/queries.ts';
import { isEmbedded } from '../embed/embed.ts';
import { t } from '../i18n/t.ts';
import { textIn } from '../i18n/text-in.ts';
import { useLanguage } from '../layout/language.ts';

/** Who sells, and what it says of itself: below every page of an organiser. */
export function SmallPrint({ organiserId }: { organiserId: string }) {
  const language = useLanguage();
  const organiser = useQuery(queries.organiser(organiserId)).data;
  const pages = useQuery(queries.pages(organiserId)).data?.items ?? [];
  if (!organiser) return null;
  const { company, contactEmail, name } = organiser;
  return (
    <section
      aria-label={t('organiser.about', { organiser: name })}
      className="mt-4 grid gap-2 border-t border-line pt-4 text-small text-quiet"
    >
      <p>
        {company ? `${company.name}, ${company.address}` : name}
        {company?.registration && `, ${company.registration}`}
      </p>
      <ul className="flex flex-wrap gap-x-4">
        <li>
          <a
            href={`mailto:${contactEmail}`}
            className="inline-flex min-h-11 items-center underline underline-offset-4"
          >
            {contactEmail}
          </a>
        </li>
        {pages.map(({ slug, title }) => (
          <li key={slug}>
            <Link
              to={`/${language}/organisers/${organiserId}/pages/${slug}`}
              target={isEmbedded ? '_blank' : undefined}
              className="inline-flex min-h-11 items-center underline underline-offset-4"
            >
              {textIn(title, language)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
