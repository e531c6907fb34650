import type { ComponentProps } from 'react';

const looks = {
  main: 'bg-accent text-on-accent border-transparent hover:brightness-110',
  plain: 'bg-sheet text-ink border-edge hover:bg-accent-soft',
  quiet:
    'bg-transparent text-ink border-transparent underline underline-offset-4 hover:bg-accent-soft',
} as const;
export type Look = keyof typeof looks;

export const buttonClass = (look: Look = 'main') =>
  `inline-flex min-h-11 items-center justify-center gap-2 rounded-lg border px-4 py-2 text-body font-semibold transition-[filter,background-color] disabled:opacity-60 aria-disabled:opacity-60 ${looks[look]}`;

/** While it is busy it keeps its place and its focus, and a second press does nothing. */
export function Button({
  look = 'main',
  busy = false,
  className = '',
  onClick,
  children,
  ...rest
}: ComponentProps<'button'> & { look?: Look; busy?: boolean }) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={`${buttonClass(look)} ${className}`}
    >
      {children}
    </button>
  );
}
