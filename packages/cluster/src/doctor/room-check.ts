import { cpuOf, memoryOf } from '../footprint/footprint.ts';
import { parseQuantity } from '../footprint/quantity.ts';
import { renderKindProfile } from '../footprint/render-profile.ts';
import {
  componentsOf,
  type PodSpec,
  type Requests,
  requestsOf,
  totalOf,
} from '../footprint/requests.ts';
import { type Check, missing, ok } from './finding.ts';

type Nodes = {
  items: {
    metadata: { name: string };
    spec: { unschedulable?: boolean; taints?: { effect: string }[] };
    status: { allocatable: { cpu: string; memory: string } };
  }[];
};
type Pods = {
  items: {
    metadata: { labels?: Record<string, string> };
    spec: PodSpec & { nodeName?: string };
    status: { phase: string };
  }[];
};

const ours = ['guichet', 'guichet-backing'];

/** What is left on nodes that take pods, were Guichet not there yet. */
export function roomOf(nodes: Nodes, pods: Pods): Requests {
  const taking = nodes.items.filter(
    ({ spec }) =>
      !spec.unschedulable && !spec.taints?.some(({ effect }) => effect !== 'PreferNoSchedule'),
  );
  const names = new Set(taking.map(({ metadata }) => metadata.name));
  const others = pods.items.filter(
    ({ metadata, spec, status }) =>
      names.has(spec.nodeName ?? '') &&
      !['Succeeded', 'Failed'].includes(status.phase) &&
      !ours.includes(metadata.labels?.['app.kubernetes.io/part-of'] ?? ''),
  );
  const all = totalOf(
    taking.map(({ status: { allocatable } }) => ({
      cpuMillis: Math.round(parseQuantity(allocatable.cpu) * 1_000),
      memoryBytes: parseQuantity(allocatable.memory),
    })),
  );
  const used = totalOf(others.map(({ spec }) => requestsOf(spec)));
  return {
    cpuMillis: all.cpuMillis - used.cpuMillis,
    memoryBytes: all.memoryBytes - used.memoryBytes,
  };
}

/** The kind profile, and one more pod of each service while all are rolled. */
export const room: Check = async (tools) => {
  const components = componentsOf(await renderKindProfile(tools, { pulls: true }));
  const rolled = components.map(({ replicas, cpuMillis, memoryBytes }) => ({
    cpuMillis: cpuMillis / replicas,
    memoryBytes: memoryBytes / replicas,
  }));
  const needed = totalOf([...components, ...rolled]);
  const [nodes, pods] = await Promise.all([
    tools.get<Nodes>('nodes'),
    tools.get<Pods>('pods', '--all-namespaces'),
  ]);
  const free = roomOf(nodes, pods);
  const says = `free ${cpuOf(free)} and ${memoryOf(free)}; the kind profile and its rollout request ${cpuOf(needed)} and ${memoryOf(needed)}`;
  return free.cpuMillis >= needed.cpuMillis && free.memoryBytes >= needed.memoryBytes
    ? ok(says)
    : missing(says, 'add a node, stop something else, or install values-minimal.yaml');
};
