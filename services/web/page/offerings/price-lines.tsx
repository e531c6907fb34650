import type { OfferingView } from '@guichet/contracts/offerings';
import type { PriceLine } from '@guichet/contracts/quotes';
import type { Language } from '@guichet/contracts/shapes';
import { money } from '../i18n/format.ts';
import { textIn } from '../i18n/text-in.ts';

/** Each line of a price, in the words of the offering. */
export function PriceLines({
  offering,
  lines,
  language,
}: {
  offering: OfferingView;
  lines: readonly PriceLine[];
  language: Language;
}) {
  const named = { fare: offering.fares, option: offering.options, fee: offering.fees };
  return (
    <ul className="grid gap-1">
      {lines.map(({ kind, code, quantity, totalCents }) => {
        const found = named[kind].find((one) => one.code === code);
        return (
          <li key={`${kind} ${code}`} className="flex justify-between gap-4 figures">
            <span>
              {quantity} × {found ? textIn(found.name, language) : code}
            </span>
            <span>{money(totalCents, offering.currency, language)}</span>
          </li>
        );
      })}
    </ul>
  );
}
