import type { Loki } from '../watchers/loki.ts';
import type { Prometheus } from '../watchers/prometheus.ts';
import type { Check } from './check.ts';
import { type DashboardQuery, dashboardQueries, isOfCluster } from './dashboard-queries.ts';
import type { Bought } from './purchase.ts';

const hourMs = 3_600_000;

type Watched = { prometheus: Prometheus; loki: Loki };

const ask = ({ prometheus, loki }: Watched, { expr, language }: DashboardQuery, to: Date) =>
  language === 'logql'
    ? loki.series(expr, new Date(to.getTime() - hourMs))
    : prometheus.series(expr);

/** One after the other: there are hundreds, and who answers has other things to do. */
async function askAll(watched: Watched, queries: readonly DashboardQuery[], to: Date) {
  const refused: string[] = [];
  const empty: string[] = [];
  for (const query of queries) {
    try {
      if ((await ask(watched, query, to)) === 0) empty.push(query.title);
    } catch (error) {
      refused.push(`${query.title}: ${(error as Error).message}`);
    }
  }
  return { refused, empty };
}

/** No question is refused, and no dashboard is empty of what the place it is asked in can tell. */
export const checkDashboards = (watched: Watched, { from }: Bought, inCluster: boolean): Check => ({
  name: 'dashboards’ queries answer',
  advice:
    'ask the same in Prometheus or Loki; they are in charts/guichet-observability/files/grafana',
  async see() {
    const all = dashboardQueries();
    if (all.length === 0) throw new Error('there is no dashboard');
    const queries = all.filter((query) => inCluster || !isOfCluster(query));
    const { refused, empty } = await askAll(watched, queries, from);
    if (refused.length > 0)
      throw new Error(`${refused.length} do not: ${refused.slice(0, 3).join('; ')}`);
    const left = all.length - queries.length;
    const notes = [
      ...(left > 0 ? [`${left} are of a cluster only`] : []),
      ...(empty.length > 0 ? [`${empty.length} have nothing to show yet`] : []),
    ];
    if (empty.length * 2 > queries.length) {
      throw new Error(
        `${empty.length} of ${queries.length} show nothing: ${empty.slice(0, 5).join('; ')}`,
      );
    }
    return [`${queries.length} asked`, ...notes].join(', ');
  },
});
