import type { Watchers } from '../watchers/reach.ts';
import { isInCluster, type WatchedStack } from '../watchers/read-stack.ts';
import { type Check, judge } from './check.ts';
import { checkDashboards } from './check-dashboards.ts';
import { checkExemplar, checkLabels, checkLines } from './check-logs.ts';
import { checkMetrics, readCounts, untilCounted } from './check-metrics.ts';
import { checkRules, checkSwitch, checkTargets } from './check-rules.ts';
import { checkTrace } from './check-trace.ts';
import { buy } from './purchase.ts';

/**
 * Buys twice, since a counter that begins with the first has not risen by it, and then asks all that
 * watches what it has seen of the second; one line each.
 */
export async function verify(
  stack: WatchedStack,
  watchers: Watchers,
  say: (line: string) => void,
): Promise<{ passed: number; failed: number }> {
  const atFirst = await readCounts(watchers.prometheus);
  await buy(stack);
  const before = await untilCounted(watchers, atFirst);
  const bought = await buy(stack);
  say(`        a guest has bought, in trace ${bought.traceId}`);
  const checks: Check[] = [
    ...checkMetrics(watchers, before),
    checkTrace(watchers, bought),
    checkLines(watchers, bought),
    checkLabels(watchers),
    checkExemplar(watchers, bought),
    checkDashboards(watchers, bought, () => buy(stack), isInCluster(stack)),
    ...checkRules(watchers),
    checkTargets(watchers),
    checkSwitch(watchers),
  ];
  // All at once, since most of it is waiting; told in their order.
  const judging = checks.map(judge);
  let passed = 0;
  for (const one of judging) {
    const verdict = await one;
    if (verdict.passed) passed += 1;
    say(verdict.line);
  }
  return { passed, failed: checks.length - passed };
}
