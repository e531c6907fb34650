import type { Language } from '@guichet/contracts/shapes';
import { useId } from 'react';
import { clock } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { canBeChosen, type Slot } from './slots-by-day.ts';

/** The times of one day, with what is left of each. */
export function SlotTimes({
  slots,
  chosen,
  timeZone,
  language,
  onChoose,
}: {
  slots: readonly Slot[];
  chosen: string | undefined;
  timeZone: string;
  language: Language;
  onChoose: (slotId: string) => void;
}) {
  const name = useId();
  return (
    <fieldset className="grid content-start gap-2">
      <legend className="mb-2 font-semibold">{t('offering.chooseTime')}</legend>
      {slots.map((slot) => (
        <label
          key={slot.slotId}
          className="flex min-h-12 items-center justify-between gap-4 rounded-lg border border-edge bg-sheet px-4 py-2 has-checked:border-accent has-checked:bg-accent-soft has-disabled:opacity-70 has-focus-visible:outline-3 has-focus-visible:outline-accent"
        >
          <span className="flex items-center gap-3">
            <input
              type="radio"
              name={name}
              className="size-5 accent-accent"
              checked={slot.slotId === chosen}
              disabled={!canBeChosen(slot)}
              onChange={() => onChoose(slot.slotId)}
            />
            <span className="font-semibold figures">
              {clock(slot.startsAt, language, timeZone)}
            </span>
          </span>
          <span
            className={`text-small figures ${slot.state === 'few_left' ? 'font-semibold text-warn' : 'text-quiet'}`}
          >
            {t(`slot.${slot.state}`, { count: slot.remaining })}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
