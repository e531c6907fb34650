import type { Resolved } from './classify.ts';
import type { Operation } from './history/operation.ts';

/** What came of the operations during one fault. */
export type Line = {
  readonly fault: string;
  readonly times: number;
  readonly operations: number;
  readonly ok: number;
  readonly refused: number;
  readonly happened: number;
  readonly notHappened: number;
  readonly looked: number;
  readonly lost: number;
};

export function lineOf(
  fault: string,
  operations: readonly Operation[],
  resolve: (operation: Operation) => Resolved,
  lost: readonly Operation[],
): Line {
  const outcome = (wanted: Operation['outcome']) =>
    operations.filter((operation) => operation.outcome === wanted);
  const unknown = outcome('unknown').map(resolve);
  const became = (what: Resolved) => unknown.filter((one) => one === what).length;
  return {
    fault,
    times: 1,
    operations: operations.length,
    ok: outcome('ok').length,
    refused: outcome('refused').length,
    happened: became('happened'),
    notHappened: became('did not happen'),
    looked: became('only looked'),
    lost: lost.filter(({ during }) => during === fault).length,
  };
}

const counts = [
  'times',
  'operations',
  'ok',
  'refused',
  'happened',
  'notHappened',
  'looked',
  'lost',
] as const;

const sumOf = (fault: string, lines: readonly Line[]): Line => ({
  fault,
  ...(Object.fromEntries(
    counts.map((count) => [count, lines.reduce((sum, line) => sum + line[count], 0)]),
  ) as Record<(typeof counts)[number], number>),
});

/** One line a fault, and all of them together. */
export function tableOf(lines: readonly Line[]): string {
  const byFault = [...Map.groupBy(lines, ({ fault }) => fault)].map(([fault, of]) =>
    sumOf(fault, of),
  );
  const rows = [...byFault, sumOf('all', lines)];
  const titles = ['times', 'asked', 'ok', 'refused', 'unknown: yes', 'no', 'looked', 'lost'];
  const width = Math.max(...rows.map(({ fault }) => fault.length));
  const cells = (name: string, values: readonly (string | number)[]) =>
    `  ${name.padEnd(width)}${values.map((value) => String(value).padStart(13)).join('')}`;
  return [
    cells('fault', titles),
    ...rows.map((row) =>
      cells(
        row.fault,
        counts.map((count) => row[count]),
      ),
    ),
  ].join('\n');
}
