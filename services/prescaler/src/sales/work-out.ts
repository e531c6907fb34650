import { bookingRate } from '../capacity/booking-rate.ts';
import { type Scaled, scaled } from '../capacity/figures.ts';
import { replicasFor, type Wanted } from '../capacity/replicas.ts';
import type { LiveSettings } from '../config.ts';
import type { Asked } from '../minimums/decide-minimum.ts';
import type { Target } from '../minimums/target.ts';
import { isHigh, type Plan, planOf } from './plan.ts';
import type { Sale } from './sale.ts';

export type PlannedSale = { readonly sale: Sale; readonly plan: Plan; readonly perSecond: number };
export type WorkedOut = {
  readonly planned: readonly PlannedSale[];
  readonly asked: Readonly<Record<Scaled, Asked & Pick<Wanted, 'because'>>>;
};

/** What all sales ask of every service now; two at once add up. */
export function workOut({
  sales,
  targets,
  settings,
  startUpMs,
  now,
}: {
  sales: readonly Sale[];
  targets: readonly Target[];
  settings: LiveSettings;
  startUpMs: number;
  now: number;
}): WorkedOut {
  const { marginMs, holdMinutes } = settings;
  const times = { startUpMs, marginMs, holdMs: holdMinutes * 60_000 };
  const planned = sales.map((sale) => ({
    sale,
    plan: planOf(sale, times, now),
    perSecond: bookingRate(sale.crowd, settings),
  }));
  const high = planned.filter(({ plan }) => isHigh(plan));
  const until = high.length === 0 ? null : Math.max(...high.map(({ plan }) => plan.returnsAt));
  const most = Object.fromEntries(targets.map(({ service, maximum }) => [service, maximum]));
  const perSecond = high.reduce((sum, sale) => sum + sale.perSecond, 0);
  const wanted = replicasFor(perSecond, settings.bookingsPerPod, { ...settings, most });
  const asked = scaled.map((name) => [name, { ...wanted[name], until }]);
  return { planned, asked: Object.fromEntries(asked) };
}
