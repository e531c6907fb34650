import type { RefundRule } from '@guichet/contracts/offering-parts';

const HOUR_MS = 3_600_000;

/**
 * What the refund rules give back of a paid amount when it is cancelled now: the rule with the most
 * hours among those that are still met, nothing where none is. Half a cent is rounded up, to the
 * customer's good.
 */
export function decideRefund({
  paidCents,
  rules,
  startsAt,
  now,
}: {
  paidCents: number;
  rules: readonly RefundRule[];
  startsAt: Date;
  now: Date;
}): { refundCents: number; keptCents: number; percent: number } {
  const hoursLeft = (startsAt.getTime() - now.getTime()) / HOUR_MS;
  const met = rules.filter(({ hoursBefore }) => hoursLeft >= hoursBefore);
  const percent = met.sort((a, b) => b.hoursBefore - a.hoursBefore)[0]?.percent ?? 0;
  const refundCents = Math.round((paidCents * percent) / 100);
  return { refundCents, keptCents: paidCents - refundCents, percent };
}
