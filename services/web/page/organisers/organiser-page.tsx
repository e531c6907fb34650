import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { queries } from '../api/queries.ts';
import { t } from '../i18n/t.ts';
import { Failed } from '../layout/states.tsx';
import { useTitle } from '../layout/title.ts';
import { OfferingList } from '../offerings/offering-list.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { SmallPrint } from './small-print.tsx';
import { useTheme } from './use-theme.ts';

/** An organiser’s own home: what it offers, in its colour. */
export default function OrganiserPage() {
  const { organiserId = '' } = useParams();
  const organiser = useQuery(queries.organiser(organiserId));
  const offerings = useQuery(queries.offerings({ organiserId }));
  useTitle(organiser.data?.name);
  useTheme(organiserId);

  if (organiser.isLoadingError) return <Failed error={organiser.error} retry={organiser.refetch} />;
  if (!organiser.data) return <Skeleton className="h-[40rem]" />;
  const { name } = organiser.data;
  return (
    <div className="grid gap-8">
      <div className="grid max-w-2xl gap-2">
        <h1 className="text-display">{name}</h1>
        <p className="text-lead text-quiet">{t('organiser.lead', { organiser: name })}</p>
      </div>
      <OfferingList found={offerings} />
      <SmallPrint organiserId={organiserId} />
    </div>
  );
}
