import { onSales } from '@guichet/contracts/on-sales';
import type { Routes } from '@guichet/http/service-app';
import { buyersOf } from '../capacity/booking-rate.ts';
import type { LiveSettings } from '../config.ts';
import { stateOf } from '../minimums/decide-minimum.ts';
import type { Target } from '../minimums/target.ts';
import type { WorkedOut } from './work-out.ts';

const at = (time: number) => new Date(time).toISOString();

function becauseOf(
  { leftAlone, changed }: ReturnType<typeof stateOf>,
  {
    bound,
    dryRun,
    wanted,
    minimum,
  }: { bound: string | null; dryRun: boolean; wanted: number; minimum: number },
): string | null {
  if (leftAlone || changed)
    return 'Somebody changed the minimum while it was raised: it is left to them.';
  if (dryRun && wanted !== minimum) return 'DRY_RUN is on: nothing is changed.';
  return bound;
}

export function onSalesRoutes(
  routes: Routes,
  {
    workOut,
    targets,
    live,
    leads,
    now = Date.now,
  }: {
    workOut: () => WorkedOut;
    targets: () => readonly Target[];
    live: () => LiveSettings;
    leads: () => boolean;
    now?: () => number;
  },
): void {
  routes.on(onSales, ({ subject, res }) => {
    const { planned, asked } = workOut();
    const { dryRun, ...settings } = live();
    const own = planned.filter(({ sale }) => sale.organiserId === subject.organiserId);
    const minimums = targets().map((target) => {
      const state = stateOf(target, now());
      const { replicas, because: bound } = asked[target.service];
      const { minimum } = target;
      const wanted = Math.max(state.ownMinimum, replicas);
      return {
        service: target.service,
        ownMinimum: state.ownMinimum,
        wanted,
        minimum,
        because: becauseOf(state, { bound, dryRun, wanted, minimum }),
        expiresAt: state.until === undefined ? null : at(state.until),
      };
    });
    const sales = own.map(({ sale, plan, perSecond }) => ({
      offeringId: sale.offeringId,
      saleAt: at(sale.saleAt),
      expectedBuyers: buyersOf(sale.crowd, settings),
      perSecond,
      phase: plan.phase,
      raisesAt: at(plan.raisesAt),
      returnsAt: at(plan.returnsAt),
    }));
    res.set('cache-control', 'no-store').json({ dryRun, leads: leads(), sales, minimums });
  });
}
