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

/** What is held on is held in steps, so that the object is not written to at each look. */
const stepsOfHold = 3;

/**
 * A room that somebody still waits in has not calmed, however long ago the sale was. It is held on
 * for as long as is usual from now and no longer, since what is written must not outlive the crowd.
 */
function returnsAtOf(
  { saleAt, crowd, waiting, closesAt, goneAt }: Sale,
  holdMs: number,
  now: number,
): number {
  const calm = saleAt + holdMs;
  if (!crowd.room) return calm;
  if (goneAt !== null) return Math.min(calm, goneAt);
  if (waiting === 0 || closesAt === null || now < saleAt) return calm;
  const step = Math.max(1, holdMs / stepsOfHold);
  const heldOn = saleAt + Math.ceil((now + holdMs - saleAt) / step) * step;
  return Math.max(calm, Math.min(heldOn, closesAt));
}

/** When minimums rise for a sale, when they are given back, and how far that is. */
export function planOf(
  sale: Sale,
  { startUpMs, marginMs, holdMs }: PlanSettings,
  now: number,
): Plan {
  const raisesAt = sale.saleAt - startUpMs - marginMs;
  const returnsAt = returnsAtOf(sale, holdMs, now);
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
