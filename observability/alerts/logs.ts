import { everyDay } from '../rules/pace.ts';
import type { RuleGroup } from '../rules/rule-file.ts';
import { type Alert, alertingRule } from './alert.ts';

/**
 * How many in ten minutes are more than the ordinary: people mistype passwords and press often, and
 * a session that was stolen is ended by itself, but several have one cause.
 */
const mostOf = {
  token_reused: 2,
  signature_refused: 4,
  login_refused: 100,
  rate_limited: 1_000,
} as const;

/**
 * Of our own lines, which are JSON; a server's that is not would make an error of the whole query,
 * and of the rule.
 */
const isJson = '| __error__ = ""';

/** The lines of it, and those that each says were left out before it. */
function happened(event: string, window: string): string {
  const lines = `{service=~".+"} |= "${event}"
    | json securityEvent="securityEvent", unsaid="unsaid" ${isJson}
    | securityEvent = "${event}"`;
  return `sum by (service) (count_over_time(${lines} [${window}]))
    + sum by (service) (sum_over_time(${lines} | unwrap unsaid [${window}]))`;
}

/** In Loki `service` and `level` are labels, and everything else is in the line. */
export const logAlerts: readonly Alert[] = [
  {
    name: 'GuichetErrorBurst',
    severity: 'ticket',
    // A healthy system logs no error; ten of one kind in five minutes are no accident.
    expr: ({ over }) => `sum by (service, msg) (
      count_over_time({service=~".+", level=~"error|fatal"} | json msg="msg" ${isJson} [${over('5m')}])) >= 10`,
    summary: '{{ $labels.service }}: {{ $value }} times "{{ $labels.msg }}" in five minutes',
    description: `The service could not do what it was asked, for one reason: each line is a buyer
      who was shown an error, or a message that waits for a person.`,
  },
  ...Object.entries(mostOf).map(
    ([event, most]): Alert => ({
      name: 'GuichetSecurityEvent',
      severity: 'ticket',
      labels: { event },
      expr: ({ over }) => `${happened(event, over('10m'))} > ${most}`,
      summary: '{{ $labels.service }}: {{ $value }} times {{ $labels.event }} in ten minutes',
      description: `Somebody tries what is not theirs: tokens, passwords or the provider’s name.
        Buyers are safe while it is refused; one of them may have lost a session.`,
    }),
  ),
];

export const logGroups: readonly RuleGroup[] = [
  { name: 'guichet-logs', rules: logAlerts.map((alert) => alertingRule(alert, everyDay)) },
];
