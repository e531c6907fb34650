import type { ReactNode } from 'react';

const looks = {
  info: ['border-line', 'i'],
  ok: ['border-ok', '✓'],
  warn: ['border-warn', '!'],
  stop: ['border-stop', '!'],
} as const;

/** What happened and what to do next; `stop` is read out at once, the others politely. */
export function Notice({
  kind = 'info',
  title,
  children,
}: {
  kind?: keyof typeof looks;
  title?: string;
  children?: ReactNode;
}) {
  const [border, sign] = looks[kind];
  return (
    <div
      role={kind === 'stop' ? 'alert' : 'status'}
      className={`flex gap-3 rounded-lg border-2 bg-sheet p-4 ${border}`}
    >
      <span aria-hidden="true" className="font-bold">
        {sign}
      </span>
      <div className="grid gap-2">
        {title && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  );
}
