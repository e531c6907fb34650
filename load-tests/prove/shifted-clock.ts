/**
 * Loaded by `node --import`: this process's clock is `PROVE_CLOCK_SHIFT_MS` ahead of all others, or
 * behind them. Deadlines of holds are judged by the database's clock, so nothing may come of it.
 */
const shiftMs = Number(process.env.PROVE_CLOCK_SHIFT_MS ?? 0);
const Unshifted = Date;

class ShiftedDate extends Unshifted {
  constructor(...parts: unknown[]) {
    if (parts.length === 0) super(ShiftedDate.now());
    else super(...(parts as [number]));
  }

  static override now(): number {
    return Unshifted.now() + shiftMs;
  }
}

globalThis.Date = ShiftedDate as DateConstructor;
