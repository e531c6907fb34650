import type { Language } from '@guichet/contracts/shapes';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { dayInWords, monthInWords, weekdays } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { addMonths, dayAfterKey, monthOf, weeksOf } from './month.ts';
import { type Slot, type State, stateOfDay } from './slots-by-day.ts';

/** By shape as well as by colour: full, half, crossed, hollow. */
const signs: Readonly<Record<State, readonly [sign: string, colour: string]>> = {
  available: ['●', 'text-ok'],
  few_left: ['◐', 'text-warn'],
  sold_out: ['✕', 'text-quiet'],
  not_on_sale: ['○', 'text-quiet'],
  closed: ['–', 'text-quiet'],
};
const turn =
  'grid size-11 place-items-center rounded-lg border border-edge bg-sheet text-lead disabled:opacity-40';

function Day({
  day,
  label,
  state,
  chosen,
  current,
  onChoose,
}: {
  day: string;
  label: string;
  state: State | undefined;
  chosen: boolean;
  current: boolean;
  onChoose: () => void;
}) {
  const [sign, colour] = state ? signs[state] : [];
  return (
    <button
      type="button"
      data-day={day}
      tabIndex={current ? 0 : -1}
      aria-label={state ? `${label}: ${t(`day.${state}`)}` : label}
      aria-pressed={chosen}
      aria-disabled={state === undefined}
      onClick={state && onChoose}
      className={`grid h-11 w-full place-items-center rounded-lg border leading-none ${state ? 'font-semibold hover:bg-accent-soft' : 'text-quiet'} ${chosen ? 'border-accent bg-accent-soft font-bold' : 'border-transparent'}`}
    >
      <span className="figures">{Number(day.slice(8))}</span>
      <span aria-hidden="true" className={`h-2.5 text-[0.625rem] ${colour}`}>
        {sign}
      </span>
    </button>
  );
}

/**
 * A month as a grid that arrow keys move in; each day says in words and by a sign what is left. Our
 * own, since a library for it is a fifth of all that a customer's browser may load.
 */
export function SlotCalendar({
  days,
  chosen,
  language,
  onChoose,
}: {
  days: ReadonlyMap<string, readonly Slot[]>;
  chosen: string | undefined;
  language: Language;
  onChoose: (day: string) => void;
}) {
  const all = [...days.keys()];
  const first = all[0] ?? '';
  const last = all.at(-1) ?? first;
  const [current, setCurrent] = useState(chosen ?? first);
  const grid = useRef<HTMLTableElement>(null);
  const byKey = useRef(false);
  const month = monthOf(current);

  useEffect(() => {
    if (chosen) setCurrent(chosen);
  }, [chosen]);
  useEffect(() => {
    if (!byKey.current) return;
    byKey.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-day="${current}"]`)?.focus();
  }, [current]);

  const names = weekdays(language);
  const within = (day: string) => (day < first ? first : day > last ? last : day);
  function move(event: KeyboardEvent) {
    const next = dayAfterKey(current, event.key);
    if (!next) return;
    event.preventDefault();
    byKey.current = true;
    setCurrent(within(next));
  }
  const stateAt = (day: string) => {
    const slots = days.get(day);
    return slots && stateOfDay(slots);
  };

  return (
    <div className="w-full max-w-77">
      <div className="flex items-center justify-between">
        <p aria-live="polite" className="px-2 font-semibold">
          {monthInWords(`${month}-01`, language)}
        </p>
        <div className="flex gap-1">
          <button
            type="button"
            className={turn}
            aria-label={t('offering.previousMonth')}
            disabled={month <= monthOf(first)}
            onClick={() => setCurrent(within(addMonths(current, -1)))}
          >
            ‹
          </button>
          <button
            type="button"
            className={turn}
            aria-label={t('offering.nextMonth')}
            disabled={month >= monthOf(last)}
            onClick={() => setCurrent(within(addMonths(current, 1)))}
          >
            ›
          </button>
        </div>
      </div>
      <table
        ref={grid}
        className="w-full table-fixed"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of dates is a table, as in APG’s own
        role="grid"
        aria-label={monthInWords(`${month}-01`, language)}
        onKeyDown={move}
      >
        <thead>
          <tr>
            {names.map(({ short, long }) => (
              <th
                key={long}
                scope="col"
                abbr={long}
                className="h-11 text-small font-normal text-quiet"
              >
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week.find(Boolean)}>
              {week.map((day, weekday) => (
                <td key={names[weekday]?.long} className="p-0">
                  {day && (
                    <Day
                      day={day}
                      label={dayInWords(day, language)}
                      state={stateAt(day)}
                      chosen={day === chosen}
                      current={day === current}
                      onChoose={() => {
                        setCurrent(day);
                        onChoose(day);
                      }}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
