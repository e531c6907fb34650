import type { OfferingView } from '@guichet/contracts/offerings';
import { clock, longDate, money } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { textIn } from '../i18n/text-in.ts';
import { useLanguage } from '../layout/language.ts';
import { wordsOf } from '../layout/problem-words.ts';
import { Ticket } from '../ticket/ticket.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PriceLines } from './price-lines.tsx';
import type { Slot } from './slots-by-day.ts';
import type { useHold } from './use-hold.ts';
import type { useQuote } from './use-quote.ts';

/** The ticket as it would be, its price, and the button that makes it one’s own. */
export function Summary({
  offering,
  slot,
  places,
  quote,
  hold,
  gone,
}: {
  offering: OfferingView;
  slot: Slot | undefined;
  places: number;
  quote: ReturnType<typeof useQuote>;
  hold: ReturnType<typeof useHold>;
  gone: boolean;
}) {
  const language = useLanguage();
  const { timeZone } = offering.venue;
  const price = slot && !quote.error ? quote.data : undefined;
  const ready = price !== undefined && !quote.isAsked && !gone;
  const total = price && money(price.totalCents, price.currency, language);

  return (
    <aside className="grid content-start gap-4 lg:sticky lg:top-4 lg:self-start">
      <Ticket
        title={textIn(offering.title, language)}
        when={
          slot
            ? `${longDate(slot.startsAt, language, timeZone)}, ${clock(slot.startsAt, language, timeZone)}`
            : undefined
        }
        where={offering.venue.name}
      >
        <div aria-busy={quote.isAsked} className="grid min-h-24 content-start gap-3">
          {price ? (
            <>
              <PriceLines offering={offering} lines={price.lines} language={language} />
              <p className="flex justify-between border-t border-line pt-3 text-lead font-semibold figures">
                <span>{t('offering.total')}</span>
                <span role="status">{total}</span>
              </p>
              <p className="text-small text-quiet">{t('offering.allIncluded')}</p>
            </>
          ) : (
            <p className="text-quiet">
              {slot ? t('offering.places', { count: places }) : t('offering.chooseFirst')}
            </p>
          )}
        </div>
      </Ticket>
      {slot && quote.error && <Notice kind="stop" title={wordsOf(quote.error)} />}
      {hold.isError && !gone && <Notice kind="stop" title={wordsOf(hold.error)} />}
      <Button
        disabled={!slot}
        busy={!ready || hold.isPending || hold.isSuccess}
        onClick={() => price && slot && hold.mutate({ quote: price.quote, slot })}
      >
        {hold.isPending ? t('offering.holding') : t('offering.hold')}
      </Button>
      <p className="text-small text-quiet">{t('offering.holdHint')}</p>
    </aside>
  );
}
