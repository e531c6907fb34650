import type { Sale } from './sale.ts';

export type PlanSettings = {
  /** From the creation of a pod until it is ready, as it was measured. */
  readonly startUpMs: number;
  readonly marginMs: number;
  readonly holdMs: number;
};

export type Phase = 'planned' | 'raising' | 'raised' | 'returning' | 'over';
export type Plan = { readonly raisesAt: number; readonly returnsAt: number; readonly phase: Phase };

/** Raised minimums are given back by a third each minute. */
export const returnSteps = 3;
export const stepMs = 60_000;

/** A room that somebody still waits in has not calmed, however long ago the sale was. */
function returnsAtOf({ saleAt, crowd, waiting, closesAt, goneAt }: Sale, holdMs: number): number {
  const calm = saleAt + holdMs;
  if (!crowd.room) return calm;
  if (goneAt !== null) return Math.min(calm, goneAt);
  return waiting > 0 && closesAt !== null ? Math.max(calm, closesAt) : calm;
}

/** When minimums rise for a sale, when they are given back, and how far that is. */
export function planOf(
  sale: Sale,
  { startUpMs, marginMs, holdMs }: PlanSettings,
  now: number,
): Plan {
  const raisesAt = sale.saleAt - startUpMs - marginMs;
  const returnsAt = returnsAtOf(sale, holdMs);
  const phase = (): Phase => {
    if (now < raisesAt) return 'planned';
    if (now >= returnsAt)
      return now < returnsAt + (returnSteps - 1) * stepMs ? 'returning' : 'over';
    return now < raisesAt + startUpMs ? 'raising' : 'raised';
  };
  return { raisesAt, returnsAt, phase: phase() };
}

/** Whether a sale asks for anything now. */
export const isHigh = ({ phase }: Plan): boolean => phase === 'raising' || phase === 'raised';
