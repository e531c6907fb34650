import type { ServiceName } from '@guichet/cdk8s/catalogue';
import { guichet, namespace } from '../deploy/release.ts';
import type { Pod } from '../readiness/snapshot.ts';
import type { Tools } from '../tools.ts';

const isReady = ({ status }: Pod) =>
  status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;

/** The pods of both charts that are meant to stay: those of Jobs end. */
export async function podsThatStay({ get }: Tools): Promise<Pod[]> {
  const selector = 'app.kubernetes.io/part-of in (guichet, guichet-backing)';
  const { items } = await get<{ items: Pod[] }>('pods', '-n', namespace, '-l', selector);
  return items.filter(({ metadata }) => !metadata.labels?.['batch.kubernetes.io/job-name']);
}

export const selectorOf = (service: ServiceName): string =>
  `app.kubernetes.io/name=${service},app.kubernetes.io/instance=${guichet}`;

/** The pods of a service that are there to stay, by name. */
export async function podsOf(tools: Tools, service: ServiceName): Promise<string[]> {
  const { items } = await tools.get<{ items: Pod[] }>(
    ...(['pods', '-n', namespace, '-l', selectorOf(service)] as const),
  );
  return items
    .filter((pod) => !pod.metadata.deletionTimestamp && isReady(pod))
    .map(({ metadata }) => metadata.name);
}

export const restartsOf = ({ status }: Pod): number =>
  (status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);
