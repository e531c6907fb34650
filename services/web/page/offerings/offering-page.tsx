import type { OfferingView } from '@guichet/contracts/offerings';
import { useQuery } from '@tanstack/react-query';
import { lazy, useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { serverNow } from '../api/call.ts';
import { queries } from '../api/queries.ts';
import { ownTokenFor } from '../bookings/device-bookings.ts';
import { HeldPlaces } from '../bookings/held-places.tsx';
import { isEmbedded } from '../embed/embed.ts';
import { usePath } from '../embed/use-path.ts';
import { money } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { textIn } from '../i18n/text-in.ts';
import { useLanguage } from '../layout/language.ts';
import { Failed } from '../layout/states.tsx';
import { useTitle } from '../layout/title.ts';
import { admissionOf, takeTurnFromLink } from '../line/kept-turn.ts';
import { SmallPrint } from '../organisers/small-print.tsx';
import { useTheme } from '../organisers/use-theme.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { Chooser } from './chooser.tsx';
import { Picture } from './picture.tsx';
import { priceFrom } from './price.ts';
import { useLive } from './use-live.ts';

const WaitingRoom = lazy(() => import('../line/waiting-room.tsx'));
const Inside = lazy(() => import('../line/inside.tsx'));

function Facts({ offering }: { offering: OfferingView }) {
  const language = useLanguage();
  const path = usePath();
  const organiser = useQuery(queries.organiser(offering.organiserId)).data;
  const cents = priceFrom(offering);
  const { venue } = offering;
  const map =
    venue.latitude === undefined
      ? undefined
      : `https://www.openstreetmap.org/?mlat=${venue.latitude}&mlon=${venue.longitude}#map=16/${venue.latitude}/${venue.longitude}`;
  return (
    <header className="grid gap-3">
      <p className="text-small font-semibold text-accent">{t(`kind.${offering.kind}`)}</p>
      <h1 className="text-display">{textIn(offering.title, language)}</h1>
      <p className="min-h-6 text-quiet">
        {organiser && (
          <Link to={path(`/organisers/${organiser.id}`)} className="hover:underline">
            {t('offering.by', { organiser: organiser.name })}
          </Link>
        )}
      </p>
      <p className="text-lead font-semibold figures">
        {cents === 0
          ? t('home.free')
          : t('home.from', { price: money(cents, offering.currency, language) })}
      </p>
      <p className="text-quiet">
        <span className="sr-only">{t('offering.where')}: </span>
        {map ? (
          <a
            href={map}
            target={isEmbedded ? '_blank' : undefined}
            rel="noopener"
            className="text-ink underline underline-offset-4"
          >
            {venue.name}
          </a>
        ) : (
          venue.name
        )}
        {venue.address && `, ${venue.address}`}
      </p>
      <p className="max-w-2xl whitespace-pre-line">{textIn(offering.description, language)}</p>
    </header>
  );
}

export default function OfferingPage() {
  const { offeringId = '' } = useParams();
  const language = useLanguage();
  const offering = useQuery(queries.offering(offeringId));
  const slots = useQuery(queries.availability(offeringId, ownTokenFor(offeringId)));
  useTitle(offering.data && textIn(offering.data.title, language));
  useTheme(offering.data?.organiserId);
  useLive(offeringId);
  useState(takeTurnFromLink);
  useEffect(() => {
    // A link that is opened in a tab that is here already.
    const take = () => void (takeTurnFromLink() && location.reload());
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  const { data: room, isPending: isLooking } = useQuery(queries.room(offeringId));
  const waiting = room?.room && room.line.phase !== 'closed' ? room : undefined;
  const admission = waiting && admissionOf(offeringId, serverNow());

  if (offering.isLoadingError) return <Failed error={offering.error} retry={offering.refetch} />;
  if (!offering.data) return <Skeleton className="h-[40rem]" />;
  const [cover] = offering.data.pictures;
  const chooser = slots.data && (
    <Chooser key={offeringId} offering={offering.data} slots={slots.data.items} />
  );
  return (
    <div className="grid gap-8">
      <div className={cover ? 'grid items-center gap-6 md:grid-cols-2' : ''}>
        <Facts offering={offering.data} />
        {cover && (
          <Picture
            first
            picture={cover}
            sizes="(min-width: 768px) 36rem, 100vw"
            className="max-h-80 rounded-2xl"
          />
        )}
      </div>
      <HeldPlaces offeringId={offeringId} />
      {slots.isLoadingError && <Failed error={slots.error} retry={slots.refetch} />}
      {(slots.isPending || isLooking) && <Skeleton className="h-[30rem]" />}
      {waiting && !admission && (
        <WaitingRoom key={waiting.room.id} {...waiting}>
          {chooser}
        </WaitingRoom>
      )}
      {admission && <Inside offeringId={offeringId} admission={admission} />}
      {!isLooking && (!waiting || admission) && chooser}
      <SmallPrint organiserId={offering.data.organiserId} />
    </div>
  );
}
