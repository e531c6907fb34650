import type { Duration, Pace } from '../rules/pace.ts';
import type { AlertingRule } from '../rules/rule-file.ts';

/** A person is woken, or finds it in the morning. What needs neither is no alert. */
export type Severity = 'page' | 'ticket';

export type Alert = {
  readonly name: `Guichet${string}`;
  readonly severity: Severity;
  /** Whose it is, for routing; left out where the series that it fires for say so themselves. */
  readonly service?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly expr: (pace: Pace) => string;
  /** How long it must be so. */
  readonly for?: Duration;
  /** One line, as it stands on a telephone. */
  readonly summary: string;
  /** What it means for buyers. */
  readonly description: string;
  /** The page in docs/runbooks; by its name, unless several alerts lead to one. */
  readonly runbook?: string;
};

/** The chart puts another base here, for whoever keeps the pages elsewhere. */
export const runbookBase = 'https://github.com/guichet/guichet/blob/main/docs/runbooks';

export const runbookOf = ({ name, runbook }: Pick<Alert, 'name' | 'runbook'>): string =>
  runbook ??
  name
    .replace('Guichet', '')
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();

/** One line, however the source breaks it: rule files are read by people too. */
const onOneLine = (text: string) =>
  text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/([([]) | (?=[)\],])/g, '$1');

export const alertingRule = (alert: Alert, pace: Pace): AlertingRule => ({
  alert: alert.name,
  expr: onOneLine(alert.expr(pace)),
  ...(alert.for ? { for: pace.over(alert.for) } : {}),
  labels: {
    severity: alert.severity,
    ...(alert.service ? { service: alert.service } : {}),
    ...alert.labels,
  },
  annotations: {
    summary: alert.summary,
    description: onOneLine(alert.description),
    runbook_url: `${runbookBase}/${runbookOf(alert)}.md`,
  },
});
