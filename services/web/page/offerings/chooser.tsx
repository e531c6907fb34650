import type { OfferingView } from '@guichet/contracts/offerings';
import { lazy, Suspense, useState } from 'react';
import { Refused } from '../api/call.ts';
import { clock, dayAt, ownTimeDiffers, shortDate } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { useLanguage } from '../layout/language.ts';
import { useLineLeadsBack } from '../line/use-line-leads-back.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { type Choice, firstChoice, placesOf } from './choice.ts';
import { OptionFields, PartyFields } from './choice-fields.tsx';
import { SlotCalendar } from './slot-calendar.tsx';
import { SlotTimes } from './slot-times.tsx';
import { byDay, canBeBooked, canBeChosen, nearest, type Slot } from './slots-by-day.ts';
import { Summary } from './summary.tsx';
import { useHold } from './use-hold.ts';
import { useQuote } from './use-quote.ts';

const WaitForPlaces = lazy(() => import('../waiting-list/wait-for-places.tsx'));

type Props = { offering: OfferingView; slots: readonly Slot[] };

/**
 * Nothing is chosen for a visitor but what leaves no choice: a day with one time has that time, be it
 * to wait for.
 */
const onlyOne = (slots: readonly Slot[]): string | undefined => {
  const free = slots.filter(canBeBooked);
  const choices = free.length > 0 ? free : slots.filter(canBeChosen);
  return choices.length === 1 ? choices[0]?.slotId : undefined;
};

function Alternatives({ offering, slots, onChoose }: Props & { onChoose: (slot: Slot) => void }) {
  const language = useLanguage();
  const { timeZone } = offering.venue;
  if (slots.length === 0) return null;
  return (
    <div className="grid gap-2">
      <p className="font-semibold">{t('offering.alternatives')}</p>
      <div className="flex flex-wrap gap-2">
        {slots.map((slot) => (
          <Button key={slot.slotId} look="plain" onClick={() => onChoose(slot)}>
            {shortDate(slot.startsAt, language, timeZone)},{' '}
            {clock(slot.startsAt, language, timeZone)}
          </Button>
        ))}
      </div>
    </div>
  );
}

function NextFree({ offering, slots, onChoose }: Props & { onChoose: (slot: Slot) => void }) {
  const language = useLanguage();
  const next = slots.find(canBeBooked);
  if (!next) return <Notice title={t('offering.noDates')} />;
  const date = shortDate(next.startsAt, language, offering.venue.timeZone);
  return (
    <Button look="plain" className="justify-self-start" onClick={() => onChoose(next)}>
      {t('offering.next', { date })}
    </Button>
  );
}

/** What was chosen of an offering, for whoever is led away, into a line or elsewhere, and comes back. */
const left = new Map<string, Choice>();

/** Date, time, party and options of one offering, and the price of them, until they are held. */
export function Chooser({ offering, slots }: Props) {
  const language = useLanguage();
  const { timeZone, name: venue } = offering.venue;
  const [choice, setChoice] = useState<Choice>(
    () => left.get(offering.id) ?? firstChoice(offering),
  );
  const days = byDay(slots, timeZone);
  const ofDay = (choice.day && days.get(choice.day)) || [];
  const slot = slots.find(({ slotId }) => slotId === choice.slotId);
  const places = placesOf(offering, choice.party);
  const canBeHad = slot !== undefined && canBeBooked(slot) && slot.remaining >= places;
  const quote = useQuote(offering.id, choice, canBeHad);
  const hold = useHold(offering);
  useLineLeadsBack(offering.id, quote.error, hold.error);

  function change(changed: Partial<Choice>) {
    // What was refused was another choice.
    if (hold.isError) hold.reset();
    setChoice((before) => {
      const next = { ...before, ...changed };
      left.set(offering.id, next);
      return next;
    });
  }
  const choose = (one: Slot) => change({ day: dayAt(one.startsAt, timeZone), slotId: one.slotId });
  // What one has just taken oneself is not gone.
  const taking = hold.isPending || hold.isSuccess;
  const gone =
    slot !== undefined &&
    !taking &&
    (!canBeHad || (hold.error instanceof Refused && hold.error.code === 'sold_out'));

  return (
    <div className="grid gap-8 lg:grid-cols-[1fr_22rem]">
      <div className="grid content-start gap-8">
        <section className="grid gap-3" aria-labelledby="dates">
          <h2 id="dates" className="text-title">
            {t('offering.chooseDate')}
          </h2>
          <NextFree offering={offering} slots={slots} onChoose={choose} />
          {days.size > 0 && (
            <div className="grid gap-6 md:grid-cols-[auto_1fr]">
              <SlotCalendar
                days={days}
                chosen={choice.day}
                language={language}
                onChoose={(day) => change({ day, slotId: onlyOne(days.get(day) ?? []) })}
              />
              {ofDay.length > 0 && (
                <SlotTimes
                  slots={ofDay}
                  chosen={choice.slotId}
                  timeZone={timeZone}
                  language={language}
                  onChoose={(slotId) => change({ slotId })}
                />
              )}
            </div>
          )}
          {slot && ownTimeDiffers(slot.startsAt, timeZone) && (
            <p className="text-small text-quiet">
              {t('offering.localTime', {
                place: venue,
                time: clock(
                  slot.startsAt,
                  language,
                  Intl.DateTimeFormat().resolvedOptions().timeZone,
                ),
              })}
            </p>
          )}
          {slot && gone && (
            <>
              <Notice kind="warn" title={t('offering.soldOutNow')} />
              <Alternatives
                offering={offering}
                slots={nearest(slots, slot, places)}
                onChoose={choose}
              />
            </>
          )}
        </section>
        <section className="grid max-w-md gap-6">
          <PartyFields offering={offering} choice={choice} language={language} onChange={change} />
          <OptionFields offering={offering} choice={choice} language={language} onChange={change} />
          {slot && gone && canBeChosen(slot) && (
            <Suspense>
              <WaitForPlaces
                key={slot.slotId}
                slotId={slot.slotId}
                choice={choice}
                places={places}
              />
            </Suspense>
          )}
        </section>
      </div>
      <Summary
        offering={offering}
        slot={slot}
        places={places}
        quote={quote}
        hold={hold}
        gone={gone}
      />
    </div>
  );
}
