import { objectives } from '../objectives/objectives.ts';
import { type Alert, runbookOf } from './alert.ts';
import { alerts } from './alerts.ts';

const preface = `# Runbooks
One page for each alert, in four parts: what it means for buyers, how to see it, what to do, how to know that it is over. A **page** wakes somebody; a **ticket** is read in the morning. Pages are on what buyers feel, and on what will not wait; causes are tickets, which explain the page.

Written from observability/alerts by \`make fix\`.

## Where to ask
\`\`\`sh
kubectl -n monitoring port-forward svc/guichet-prometheus 9090 &      # PromQL: http://127.0.0.1:9090
kubectl -n monitoring port-forward svc/guichet-loki 3100 &            # LogQL: LOKI_ADDR=http://127.0.0.1:3100 logcli query …
kubectl -n monitoring port-forward svc/guichet-alertmanager 9093 &    # amtool --alertmanager.url=http://127.0.0.1:9093 alert query
kubectl -n monitoring port-forward svc/guichet-jaeger 16686 &         # traces, by the trace_id of a line or an exemplar
\`\`\`
The pages write \`guichet\` for the release and its namespace, and \`guichet-postgres-0\` and its like for the servers of charts/guichet-backing; a hosted server has a console of its own. Settings named \`LIKE_THIS\` are in [values.md](../values.md), under \`services.<service>.settings\`; a live one takes effect within a minute and without a restart.
`;

const severitiesOf = (name: string) =>
  [...new Set(alerts.filter((alert) => alert.name === name).map(({ severity }) => severity))].join(
    ' or ',
  );

const isOfObjective = ({ name }: Alert) => name === 'GuichetErrorBudgetBurn';

export function runbookIndex(): string {
  const first = alerts.filter(
    (alert, at) =>
      !isOfObjective(alert) && alerts.findIndex(({ name }) => name === alert.name) === at,
  );
  const rows = first.map((alert) => {
    const page = `[${runbookOf(alert)}](${runbookOf(alert)}.md)`;
    return `| ${alert.name} | ${severitiesOf(alert.name)} | ${page} |`;
  });
  const promises = objectives.map(
    ({ name, target, promise }) =>
      `| [${name}](objective-${name}.md) | ${Number((target * 100).toFixed(3))} % | ${promise} |`,
  );
  return [
    preface,
    '## Objectives',
    '`GuichetErrorBudgetBurn` is a page where the budget goes 14.4 or 6 times too fast, a ticket where it goes 3 times too fast or would not quite last.',
    '',
    '| objective | of all | promise |',
    '| --- | --- | --- |',
    ...promises,
    '',
    '## Alerts',
    '| alert | | page |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
