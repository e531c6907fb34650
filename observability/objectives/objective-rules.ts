import { type Alert, alertingRule } from '../alerts/alert.ts';
import { type Duration, type Pace, secondsOf } from '../rules/pace.ts';
import type { Recording, RuleGroup } from '../rules/rule-file.ts';
import { type BurnWindow, burnWindows, fewestErrors, ratioWindows } from './burn-windows.ts';
import { type Objective, objectives } from './objectives.ts';

/*
 * What is recorded, each by `objective` and `service`, W being a window:
 *   guichet:objective:target               0.999
 *   guichet:objective_events:increaseW     what was asked
 *   guichet:objective_errors:increaseW     what of it was not as promised
 *   guichet:objective_errors:ratioW        its share; absent while nothing is asked
 *   guichet:objective_budget:remaining30d  1 all is left, 0 it is spent, below: more than all
 * On a game day the windows are shorter than their names, so that dashboards need not know.
 */
const eventsOver = (window: Duration) => `guichet:objective_events:increase${window}`;
const errorsOver = (window: Duration) => `guichet:objective_errors:increase${window}`;
const ratioOver = (window: Duration) => `guichet:objective_errors:ratio${window}`;
const target = 'guichet:objective:target';

const labelsOf = ({ name, service }: Objective) => ({ objective: name, service });

const countsOver = (of: readonly Objective[], window: Duration, pace: Pace): Recording[] => [
  ...of.flatMap((objective) => [
    {
      record: eventsOver(window),
      expr: objective.events(pace.over(window)),
      labels: labelsOf(objective),
    },
    {
      record: errorsOver(window),
      expr: objective.errors(pace.over(window)),
      labels: labelsOf(objective),
    },
  ]),
  { record: ratioOver(window), expr: `${errorsOver(window)} / (${eventsOver(window)} > 0)` },
];

/** From counts that are there already: thirty days of every request would be read anew each time. */
const remaining = (pace: Pace): Recording => {
  const sum = (record: string) => `sum_over_time(${record}[${pace.over('30d')}])`;
  return {
    record: 'guichet:objective_budget:remaining30d',
    expr: `1 - ${sum(errorsOver('5m'))} / (${sum(eventsOver('5m'))} > 0) / (1 - ${target})`,
  };
};

const budgetOf = ({ target }: Objective) => Number((1 - target).toFixed(6));

const burn = (objective: Objective, { severity, factor, long, short }: BurnWindow): Alert => {
  const of = `{objective="${objective.name}"}`;
  const most = `${factor} * ${budgetOf(objective)}`;
  return {
    name: 'GuichetErrorBudgetBurn',
    severity,
    service: objective.service,
    labels: { objective: objective.name, window: long },
    expr: () => `${ratioOver(long)}${of} > ${most}
      and ${ratioOver(short)}${of} > ${most}
      and ${errorsOver(long)}${of} >= ${fewestErrors}`,
    summary: `${objective.name}: its error budget goes ${factor} times too fast`,
    description: `${objective.promise} Over the last ${long}, {{ $value | humanizePercentage }}
      was not so, where ${Number((budgetOf(objective) * 100).toFixed(3))} % may be.`,
    runbook: `objective-${objective.name}`,
  };
};

/**
 * A selector that matches nothing reads as kept. Where series begin with the first request, none in
 * a day of a gateway that is asked a thousand other things means that the selector is wrong, or that
 * buyers do not get so far.
 */
const unseen = ({ name, service, counted, isAlwaysThere }: Objective): Alert => ({
  name: 'GuichetObjectiveUnseen',
  severity: 'ticket',
  service,
  labels: { objective: name },
  expr: ({ over }) =>
    isAlwaysThere
      ? `absent_over_time(${counted}[${over('1h')}])`
      : `absent_over_time(${counted}[${over('1d')}]) and on () (
          sum(increase(http_requests_total{service="gateway"}[${over('1d')}])) > 1000
          or absent_over_time(http_requests_total{service="gateway"}[${over('1h')}]))`,
  for: '10m',
  summary: `${name}: nothing is counted`,
  description: `Nobody knows whether it is kept, and it cannot alert: ${counted} has no series.`,
});

const alertsOn = (of: readonly Objective[]): readonly Alert[] => [
  ...of.flatMap((objective) => burnWindows.map((window) => burn(objective, window))),
  // Without an on-sale nobody joins a line, and that is no fault.
  ...of.filter(({ only }) => only === undefined).map(unseen),
];
export const objectiveAlerts = alertsOn(objectives);

const isLong = (window: Duration) => secondsOf(window) > secondsOf('1h');

export function objectiveGroups(
  pace: Pace,
  of: readonly Objective[] = objectives,
): readonly RuleGroup[] {
  const over = (windows: readonly Duration[]) =>
    windows.flatMap((window) => countsOver(of, window, pace));
  return [
    {
      name: 'guichet-objectives',
      rules: [
        ...of.map((objective) => ({
          record: target,
          expr: `vector(${objective.target})`,
          labels: labelsOf(objective),
        })),
        ...over(ratioWindows.filter((window) => !isLong(window))),
        remaining(pace),
      ],
    },
    {
      name: 'guichet-objectives-slow',
      // A day moves little in a minute, and is dear to count.
      interval: pace.drill ? '5s' : '1m',
      rules: over(ratioWindows.filter(isLong)),
    },
    {
      name: 'guichet-objectives-alerts',
      rules: alertsOn(of).map((alert) => alertingRule(alert, pace)),
    },
  ];
}
