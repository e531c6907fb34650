import { useId } from 'react';

/** One of a few, as radio buttons that look like what they are: things to press. */
export function Choices<Value extends string>({
  legend,
  choices,
  value,
  onChange,
  className = '',
}: {
  legend: string;
  choices: readonly (readonly [value: Value, label: string])[];
  value: Value;
  onChange: (value: Value) => void;
  className?: string;
}) {
  const name = useId();
  return (
    <fieldset className={`flex flex-wrap gap-2 ${className}`}>
      <legend className="mb-1 text-small font-semibold">{legend}</legend>
      {choices.map(([one, label]) => (
        <label
          key={one}
          className="inline-flex min-h-11 items-center rounded-full border border-edge bg-sheet px-4 has-checked:border-accent has-checked:bg-accent-soft has-checked:font-semibold has-focus-visible:outline-3 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={value === one}
            onChange={() => onChange(one)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
