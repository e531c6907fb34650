import type { ReactNode } from 'react';

/**
 * The one object with character: what it is, when and where, and below the perforated edge what is
 * torn off. It is the same while one chooses, pays, and has it.
 */
export function Ticket({
  title,
  when,
  where,
  reference,
  children,
}: {
  title: string;
  when?: string | undefined;
  where: string;
  reference?: { label: string; value: string };
  children?: ReactNode;
}) {
  return (
    <div className="rounded-2xl border border-line bg-sheet shadow-sm">
      <div className="grid gap-1 rounded-t-2xl border-t-4 border-accent p-5">
        <p className="text-lead font-semibold leading-snug">{title}</p>
        <p className="min-h-6 figures">{when}</p>
        <p className="text-small text-quiet">{where}</p>
        {reference && (
          <p className="mt-2">
            <span className="text-small text-quiet">{reference.label} </span>
            <span className="text-title font-bold tracking-wider figures">{reference.value}</span>
          </p>
        )}
      </div>
      <div className="perforated" />
      <div className="p-5">{children}</div>
    </div>
  );
}
