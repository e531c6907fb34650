import type { BookingView } from '@guichet/contracts/bookings';
import type { OfferingView } from '@guichet/contracts/offerings';
import type { ReactNode } from 'react';
import { clock, longDate, money } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { textIn } from '../i18n/text-in.ts';
import { useLanguage } from '../layout/language.ts';
import { PriceLines } from '../offerings/price-lines.tsx';
import { Ticket } from '../ticket/ticket.tsx';

/** A booking as its ticket: what, when, where, its reference, what it cost. */
export function BookedTicket({
  booking,
  offering,
  children,
}: {
  booking: BookingView;
  offering: OfferingView;
  children?: ReactNode;
}) {
  const language = useLanguage();
  const { timeZone, name } = offering.venue;
  return (
    <Ticket
      title={textIn(offering.title, language)}
      when={`${longDate(booking.startsAt, language, timeZone)}, ${clock(booking.startsAt, language, timeZone)}`}
      where={name}
      reference={{ label: t('ticket.reference'), value: booking.reference }}
    >
      <div className="grid gap-3">
        {children}
        <PriceLines offering={offering} lines={booking.lines} language={language} />
        <p className="flex justify-between border-t border-line pt-3 text-lead font-semibold figures">
          <span>{t('ticket.total')}</span>
          <span>{money(booking.totalCents, booking.currency, language)}</span>
        </p>
      </div>
    </Ticket>
  );
}
