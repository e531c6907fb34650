import { type InputHTMLAttributes, useId } from 'react';

/** A labelled input; what is wrong with it is said beside it and belongs to it. */
export function Field({
  label,
  hint,
  error,
  optional,
  id,
  className = '',
  ...input
}: InputHTMLAttributes<HTMLInputElement> & {
  label: string;
  hint?: string;
  error?: string | undefined;
  optional?: string;
}) {
  const own = useId();
  const name = id ?? own;
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return (
    <div className={`grid gap-1 ${className}`}>
      <label htmlFor={name} className="text-small font-semibold">
        {label}
        {optional && <span className="ml-1 font-normal text-quiet">({optional})</span>}
      </label>
      <input
        {...input}
        id={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        className={`min-h-11 w-full rounded-lg border bg-sheet px-3 py-2 text-body ${error ? 'border-2 border-stop' : 'border-edge'}`}
      />
      {hint && (
        <p id={`${name}-hint`} className="text-small text-quiet">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${name}-error`} className="text-small font-semibold text-stop">
          {error}
        </p>
      )}
    </div>
  );
}
