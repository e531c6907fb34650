import { everybody, type MetricContract, type ServiceName } from '../contract/shape.ts';
import { logEvents, metrics, spans } from '../contract.ts';
import { readers, readersOf } from './readers.ts';

const preface = `# What services emit
Every metric, span and log line, from [observability/contract.ts](../observability/contract.ts); tests hold the services to it both ways. Written by \`make fix\`.
`;

const cell = (text: string) => text.replaceAll('|', '\\|');
const row = (...cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[]) =>
  [row(...head), row(...head.map(() => '---')), ...rows, ''].join('\n');

const namesOf = (by: readonly ServiceName[]) =>
  by.length === everybody.length ? 'all' : by.join(', ');
const labelsOf = ({ labels }: MetricContract) =>
  Object.entries(labels)
    .map(([name, most]) => `${name} (${most})`)
    .join(', ');

function metricTable(): string {
  const all = readers();
  return table(
    ['metric', 'labels, with how many values', 'of', 'meaning', 'read by'],
    Object.entries(metrics).map(([name, metric]) =>
      row(
        `\`${name}\``,
        labelsOf(metric),
        namesOf(metric.by),
        `${metric.kind} of ${metric.unit}${metric.only ? `, ${metric.only}` : ''}. ${metric.meaning}`,
        readersOf(name, all).join(', '),
      ),
    ),
  );
}

const spanTable = (): string =>
  table(
    ['name', 'kind', 'of', 'meaning'],
    spans.map(({ name, kind, by, meaning, only }) =>
      row(`\`${name.source}\``, kind, namesOf(by), only ? `${meaning} Only ${only}.` : meaning),
    ),
  );

const lineTable = (): string =>
  table(
    ['line', 'level', 'of', 'further fields', 'meaning'],
    Object.entries(logEvents).map(([text, { level, by, fields, meaning }]) =>
      row(text, level, namesOf(by), fields.join(', '), meaning),
    ),
  );

/** docs/telemetry.md: the contract for whoever reads, with who asks for each metric. */
export const telemetryPage = (): string =>
  [
    preface,
    '## Metrics',
    'Besides them `process_*` and `nodejs_*` of each process, as prom-client collects them, and the label `service` on all. Readers are [boards](dashboards.md), [objectives and alerts](runbooks/README.md).',
    '',
    metricTable(),
    '## Spans',
    'Names are patterns; ids and addresses are in none. They are read in Jaeger, from an exemplar or a line.',
    '',
    spanTable(),
    '## Log lines',
    '`{}` stands for what differs. Each has the service, and the trace that it was written in. Read on the board Logs; ten errors of one kind in five minutes are `GuichetErrorBurst`, a `securityEvent` above the ordinary is `GuichetSecurityEvent`.',
    '',
    lineTable(),
  ].join('\n');
