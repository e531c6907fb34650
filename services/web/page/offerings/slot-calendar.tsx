import type { Language } from '@guichet/contracts/shapes';
import { type DayButtonProps, DayPicker } from 'react-day-picker';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../i18n/format.ts';
import { type Slot, type State, stateOfDay } from './slots-by-day.ts';

const dateOf = (day: string) => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date);
};
const dayOf = (date: Date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');

/** By shape as well as by colour: full, half, crossed, hollow. */
const signs: Readonly<Record<State, string>> = {
  available: '●',
  few_left: '◐',
  sold_out: '✕',
  not_on_sale: '○',
  closed: '–',
};
const states = Object.keys(signs) as State[];
const colours: Readonly<Record<State, string>> = {
  available: 'text-ok',
  few_left: 'text-warn',
  sold_out: 'text-quiet',
  not_on_sale: 'text-quiet',
  closed: 'text-quiet',
};

const navButton =
  'grid size-11 place-items-center rounded-lg border border-edge bg-sheet aria-disabled:opacity-40';

/** A day with its number, and the sign of what is left; its label has the words. */
function Day({ day, modifiers, className: _, ...button }: DayButtonProps) {
  const state = states.find((one) => modifiers[one]);
  return (
    <button
      {...button}
      type="button"
      data-chosen={modifiers.selected}
      className="grid size-11 place-items-center rounded-lg border border-transparent leading-none not-disabled:hover:bg-accent-soft disabled:text-quiet data-[chosen=true]:border-accent data-[chosen=true]:bg-accent-soft data-[chosen=true]:font-bold"
    >
      <span className="figures">{day.date.getDate()}</span>
      {state && (
        <span aria-hidden="true" className={`text-[0.625rem] ${colours[state]}`}>
          {signs[state]}
        </span>
      )}
    </button>
  );
}

/** A month as a grid that arrow keys move in; each day says in words and by a sign what is left. */
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
  const { t } = useTranslation();
  const all = [...days.keys()];
  const [first = dayOf(new Date())] = all;
  const last = all.at(-1) ?? first;
  const stateAt = (date: Date) => {
    const slots = days.get(dayOf(date));
    return slots && stateOfDay(slots);
  };

  const shows = (state: State) => (date: Date) => stateAt(date) === state;

  return (
    <DayPicker
      mode="single"
      required
      selected={chosen ? dateOf(chosen) : undefined}
      onSelect={(date) => onChoose(dayOf(date))}
      defaultMonth={dateOf(chosen ?? first)}
      startMonth={dateOf(first)}
      endMonth={dateOf(last)}
      disabled={(date) => stateAt(date) === undefined}
      weekStartsOn={1}
      modifiers={Object.fromEntries(states.map((state) => [state, shows(state)]))}
      components={{ DayButton: Day }}
      formatters={{
        formatCaption: (month) =>
          new Intl.DateTimeFormat(localeOf(language), { month: 'long', year: 'numeric' }).format(
            month,
          ),
        formatWeekdayName: (date) =>
          new Intl.DateTimeFormat(localeOf(language), { weekday: 'short' }).format(date),
      }}
      labels={{
        labelDayButton: (date) => {
          const state = stateAt(date);
          const text = new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'full' }).format(
            date,
          );
          return state ? `${text}: ${t(`day.${state}`)}` : text;
        },
        labelWeekday: (date) =>
          new Intl.DateTimeFormat(localeOf(language), { weekday: 'long' }).format(date),
        labelGrid: (date) =>
          new Intl.DateTimeFormat(localeOf(language), { month: 'long', year: 'numeric' }).format(
            date,
          ),
        labelPrevious: () => t('offering.previousMonth'),
        labelNext: () => t('offering.nextMonth'),
      }}
      classNames={{
        root: 'w-fit',
        months: 'relative',
        month_caption: 'flex min-h-11 items-center px-2 font-semibold',
        nav: 'absolute right-0 top-0 flex gap-1',
        button_previous: navButton,
        button_next: navButton,
        chevron: 'size-5 fill-current',
        month_grid: 'border-separate border-spacing-0',
        weekday: 'size-11 text-small font-normal text-quiet',
        day: 'p-0',
      }}
    />
  );
}
