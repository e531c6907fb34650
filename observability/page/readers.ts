import { alerts } from '../alerts/alerts.ts';
import { boards } from '../dashboards/boards.ts';
import { queriesOf } from '../dashboards/queries-of.ts';
import { objectives } from '../objectives/objectives.ts';
import { metricsIn } from '../queries/read-query.ts';
import { everyDay } from '../rules/pace.ts';

type Reader = { readonly name: string; readonly asks: ReadonlySet<string> };

const anyTime = { range: '1h', rateInterval: '5m', interval: '1m' };

const ofBoards = (): Reader[] =>
  boards.map((board) => ({
    name: board.uid,
    asks: new Set(
      queriesOf(board, anyTime)
        .filter(({ query }) => query.language === 'promql')
        .flatMap(({ expr }) => [...metricsIn(expr)]),
    ),
  }));
const ofObjectives = (): Reader[] =>
  objectives.map(({ name, events, errors }) => ({
    name,
    asks: metricsIn(`${events('5m')} or ${errors('5m')}`),
  }));
/** Those on logs ask for lines, and no metric. */
const ofAlerts = (): Reader[] =>
  alerts
    .filter(({ name }) => !['GuichetErrorBurst', 'GuichetSecurityEvent'].includes(name))
    .map(({ name, expr }) => ({ name, asks: metricsIn(expr(everyDay)) }));

/** Who asks for metrics: boards, objectives and alerts, in this order. */
export const readers = (): readonly Reader[] => [...ofBoards(), ...ofObjectives(), ...ofAlerts()];

/** The names of those who read a metric, or a histogram's samples. */
export function readersOf(metric: string, all: readonly Reader[]): readonly string[] {
  const samples = ['', '_bucket', '_sum', '_count'].map((suffix) => metric + suffix);
  const reading = all.filter(({ asks }) => samples.some((sample) => asks.has(sample)));
  return [...new Set(reading.map(({ name }) => name))];
}
