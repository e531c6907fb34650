import * as units from '@grafana/grafana-foundation-sdk/units';
import type { Board } from '../board.ts';
import { graph, stat, table } from '../panel.ts';
import { promql } from '../query.ts';

const byObjective = (expr: string) => `max by (objective, service) (${expr})`;
const budget = 'guichet:objective_budget:remaining30d';
const aim = 'guichet:objective:target';
/** How many times faster than in thirty days the budget goes. */
const burn = (window: string) => `guichet:objective_errors:ratio${window} / (1 - ${aim})`;
const alerts = 'ALERTS{alertstate="firing",alertname!="GuichetDeadMansSwitch"}';

const burning = (window: string, factor: number, what: string) =>
  graph({
    title: `Burning, over ${window}`,
    means: `How many times faster than in thirty days the budget goes. 1 is just enough. ${what}`,
    wrong: `Above ${factor} it alerts, if the shorter window of that alert is above it too.`,
    unit: units.Short,
    limits: { orange: 1, red: factor, bad: 'above' },
    queries: [promql(burn(window), '{{objective}}')],
    leadsTo: 'series',
  });

export const objectives: Board = {
  uid: 'objectives',
  title: 'Objectives',
  readBy: 'Everybody, each week: may we change more, or must we mend? And first in an alert.',
  variables: [],
  from: 'now-24h',
  refresh: '1m',
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Alerts that fire',
          means: 'Alerts of any kind that fire now.',
          wrong: 'Any; each has its runbook.',
          unit: units.Short,
          height: 8,
          limits: { red: 1, bad: 'above' },
          queries: [promql(`count(${alerts}) or vector(0)`, 'alerts')],
        }),
        table({
          title: 'Which they are',
          means: 'The alerts that fire, with whom they are for.',
          wrong: 'page: now. ticket: today.',
          unit: units.Short,
          width: 18,
          queries: [promql(`sum by (alertname, service, severity, objective) (${alerts})`, '')],
          emptyBecause: 'nothing is wrong',
        }),
      ],
    },
    {
      title: 'Thirty days',
      panels: [
        stat({
          title: 'Budget left',
          means: 'Of what may go wrong in thirty days, the share that is left.',
          wrong: 'Below a quarter: change less, mend more. Below 0 the promise is broken.',
          unit: units.PercentUnit,
          decimals: 1,
          width: 24,
          limits: { orange: 0.25, red: 0, bad: 'below' },
          queries: [promql(budget, '{{objective}}')],
        }),
        table({
          title: 'Kept',
          means: 'The share of what was asked in thirty days that was as promised.',
          wrong: 'It is below what is aimed at, which stands beside it.',
          unit: units.PercentUnit,
          decimals: 3,
          queries: [promql(byObjective(`1 - (1 - ${aim}) * (1 - ${budget})`), '{{objective}}')],
        }),
        table({
          title: 'Aimed at',
          means: 'The share that is promised, as the catalogue has it.',
          wrong: 'It is what nobody can keep, or what nobody would notice.',
          unit: units.PercentUnit,
          decimals: 3,
          queries: [promql(byObjective(aim), '{{objective}}')],
        }),
        graph({
          title: 'Budget left, over time',
          means: 'How the budget goes; what was spent comes back after thirty days.',
          wrong: 'A step down: something happened then.',
          unit: units.PercentUnit,
          queries: [promql(budget, '{{objective}}')],
          leadsTo: 'series',
        }),
        graph({
          title: 'What was asked in an hour',
          means: 'How many times each objective was put to the test.',
          wrong: 'Next to nothing: an objective that sees nobody reads as kept.',
          unit: units.Short,
          queries: [promql('guichet:objective_events:increase1h', '{{objective}}')],
          leadsTo: 'series',
        }),
      ],
    },
    {
      title: 'How fast it goes',
      panels: [
        burning('5m', 14.4, 'The short window of the quickest alert.'),
        burning('1h', 14.4, 'At 14.4, a fiftieth of a month’s budget goes in this hour.'),
        burning('6h', 6, 'At 6, a twentieth of it has gone in these six hours.'),
        burning('1d', 3, 'At 3, a tenth of it has gone today.'),
      ],
    },
  ],
};
