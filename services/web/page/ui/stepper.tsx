import { useId } from 'react';

/** How many, between two limits, by two buttons or by typing. */
export function Stepper({
  label,
  detail,
  value,
  min,
  max,
  fewer,
  more,
  onChange,
}: {
  label: string;
  detail?: string;
  value: number;
  min: number;
  max: number;
  fewer: string;
  more: string;
  onChange: (value: number) => void;
}) {
  const id = useId();
  const set = (next: number) => onChange(Math.min(max, Math.max(min, next)));
  const button =
    'grid size-11 place-items-center rounded-lg border border-edge bg-sheet text-lead disabled:opacity-40';
  return (
    <div className="flex items-center justify-between gap-4 py-2">
      <label htmlFor={id} className="grid">
        <span className="font-semibold">{label}</span>
        {detail && <span className="text-small text-quiet figures">{detail}</span>}
      </label>
      <div className="flex items-center gap-1">
        <button
          type="button"
          className={button}
          aria-label={fewer}
          disabled={value <= min}
          onClick={() => set(value - 1)}
        >
          −
        </button>
        <input
          id={id}
          type="text"
          inputMode="numeric"
          value={value}
          onChange={(event) => set(Number(event.target.value.replace(/\D/g, '')))}
          className="w-10 rounded-lg bg-transparent py-2 text-center font-semibold figures"
        />
        <button
          type="button"
          className={button}
          aria-label={more}
          disabled={value >= max}
          onClick={() => set(value + 1)}
        >
          +
        </button>
      </div>
    </div>
  );
}
