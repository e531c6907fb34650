import type { Alert } from './alert.ts';
import { lost } from './series.ts';

const service = 'telemetry';

export const telemetryAlerts: readonly Alert[] = [
  {
    name: 'GuichetDeadMansSwitch',
    severity: 'ticket',
    service,
    expr: () => 'vector(1)',
    summary: 'Alerts arrive',
    description: `This always fires, and goes to a receiver that misses it. When that one calls, no
      other alert can be counted on.`,
  },
  {
    name: 'GuichetTargetDown',
    severity: 'ticket',
    service,
    expr: () => 'sum by (job, app, instance) (up == bool 0) > 0',
    for: '10m',
    summary: '{{ $labels.job }} {{ $labels.app }} at {{ $labels.instance }} cannot be scraped',
    description: `Nobody sees what it does, and alerts on it are silent. Buyers may see nothing of
      it; if they do, another alert says so.`,
  },
  {
    name: 'GuichetRulesFail',
    severity: 'ticket',
    service,
    expr: ({
      over,
    }) => `sum by (job) (increase(prometheus_rule_evaluation_failures_total[${over('10m')}])) > 0
      or sum by (job) (increase(loki_prometheus_rule_evaluation_failures_total[${over('10m')}])) > 0
      or sum by (job) (increase(alertmanager_notifications_failed_total[${over('10m')}])) > 0
      or min by (job) (prometheus_config_last_reload_successful) == 0
      or min by (job) (alertmanager_config_last_reload_successful) == 0`,
    for: '5m',
    summary: '{{ $labels.job }} cannot do with rules or notifications what it should',
    description: `Alerts may be missing. What else happens to buyers meanwhile may be told to nobody.`,
  },
  {
    name: 'GuichetTracesLost',
    severity: 'ticket',
    service,
    expr: ({ over }) => `${lost('otelcol_exporter_send_failed_spans_total', over('10m'))}
      or ${lost('otelcol_exporter_enqueue_failed_spans_total', over('10m'))}
      or ${lost('otelcol_receiver_refused_spans_total', over('10m'))}`,
    for: '5m',
    summary: '{{ $labels.job }} has lost {{ $value | humanize }} spans in ten minutes',
    description: `Buyers see nothing of it. Whoever looks for what happened to one of them finds half
      a trace, or none.`,
  },
  {
    name: 'GuichetLogsLost',
    severity: 'ticket',
    service,
    expr: ({ over }) => `${lost('otelcol_exporter_send_failed_log_records_total', over('10m'))}
      or ${lost('otelcol_exporter_enqueue_failed_log_records_total', over('10m'))}
      or ${lost('otelcol_receiver_refused_log_records_total', over('10m'))}
      or sum by (job) (increase(loki_discarded_samples_total[${over('10m')}])) > 0`,
    for: '5m',
    summary: '{{ $labels.job }} has lost {{ $value | humanize }} lines in ten minutes',
    description: `Buyers see nothing of it. Alerts on logs may be silent, and what is looked for
      there may be missing.`,
  },
];
