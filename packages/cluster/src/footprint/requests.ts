import { parseQuantity } from './quantity.ts';

type Container = { resources?: { requests?: { cpu?: string; memory?: string } } };
export type PodSpec = { containers: Container[]; initContainers?: Container[] };
export type Manifest = {
  kind: string;
  metadata: { name: string; labels?: Record<string, string> };
  spec?: {
    replicas?: number;
    template?: { spec: PodSpec };
    scaleTargetRef?: { name: string };
    minReplicas?: number;
  };
};
/** Thousandths of a core, and bytes: whole numbers, which add up exactly. */
export type Requests = { cpuMillis: number; memoryBytes: number };
export type Component = Requests & { name: string; replicas: number };

const millis = (cpu: string | undefined) => Math.round(parseQuantity(cpu) * 1_000);
const sum = (containers: readonly Container[]): Requests => ({
  cpuMillis: total(containers.map(({ resources }) => millis(resources?.requests?.cpu))),
  memoryBytes: total(containers.map(({ resources }) => parseQuantity(resources?.requests?.memory))),
});
const total = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

/** What a pod asks of its node: its containers together, or one that runs before them alone. */
export function requestsOf({ containers, initContainers = [] }: PodSpec): Requests {
  const alone = initContainers.map((container) => sum([container]));
  const together = sum(containers);
  return {
    cpuMillis: Math.max(together.cpuMillis, ...alone.map(({ cpuMillis }) => cpuMillis)),
    memoryBytes: Math.max(together.memoryBytes, ...alone.map(({ memoryBytes }) => memoryBytes)),
  };
}

/** What stays running on one node, per component: with an autoscaler, its fewest pods. Jobs end and are left out. */
export function componentsOf(objects: readonly Manifest[]): Component[] {
  const fewest = new Map(
    objects
      .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
      .map(({ spec }) => [spec?.scaleTargetRef?.name, spec?.minReplicas ?? 1]),
  );
  return objects
    .filter(({ kind }) => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind))
    .map(({ metadata: { name, labels = {} }, spec }) => {
      const replicas = fewest.get(name) ?? spec?.replicas ?? 1;
      const { cpuMillis, memoryBytes } = requestsOf(spec?.template?.spec ?? { containers: [] });
      return {
        name: labels['app.kubernetes.io/name'] ?? name,
        replicas,
        cpuMillis: cpuMillis * replicas,
        memoryBytes: memoryBytes * replicas,
      };
    });
}

export const totalOf = (components: readonly Requests[]): Requests => ({
  cpuMillis: total(components.map(({ cpuMillis }) => cpuMillis)),
  memoryBytes: total(components.map(({ memoryBytes }) => memoryBytes)),
});
