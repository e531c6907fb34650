import { CannotRun } from '../cannot-run.ts';
import { type Component, type Requests, totalOf } from './requests.ts';

/** What fits a node of two cores beside its own pods, with room for a rollout. */
export const mostOfKind: Requests = { cpuMillis: 1_200, memoryBytes: 3 * 2 ** 30 };

/** What may be added to it by what sees it run. */
export const mostOfObservability: Requests = { cpuMillis: 250, memoryBytes: 2 ** 30 };

/** As Kubernetes writes them. */
export const cpuOf = ({ cpuMillis }: Requests): string => `${cpuMillis}m`;
export const memoryOf = ({ memoryBytes }: Requests): string =>
  `${Math.ceil(memoryBytes / 2 ** 20)}Mi`;

/** A line per component, and their sum. */
export function footprintTable(components: readonly Component[], most = mostOfKind): string {
  const sum = totalOf(components);
  const rows = [
    ['component', 'pods', 'cpu', 'memory'],
    ...components.map((one) => [one.name, String(one.replicas), cpuOf(one), memoryOf(one)]),
    ['requested in all', '', cpuOf(sum), memoryOf(sum)],
    ['at most', '', cpuOf(most), memoryOf(most)],
  ];
  return rows
    .map(([name = '', ...numbers]) =>
      [name.padEnd(20), ...numbers.map((number) => number.padStart(8))].join(''),
    )
    .join('\n');
}

/** Throws when the profile no longer fits the machine that it is for. */
export function refuseTooLarge(components: readonly Component[], most = mostOfKind): void {
  const sum = totalOf(components);
  if (sum.cpuMillis <= most.cpuMillis && sum.memoryBytes <= most.memoryBytes) return;
  throw new CannotRun(
    `The kind profile requests ${cpuOf(sum)} and ${memoryOf(sum)}, above ${cpuOf(most)} and ${memoryOf(most)}: lower requests or replicas in the values-kind.yaml of its charts.`,
  );
}
