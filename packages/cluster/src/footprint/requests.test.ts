import { expect, test } from 'vitest';
import { componentsOf, type Manifest, requestsOf, totalOf } from './requests.ts';

const container = (cpu: string, memory: string) => ({ resources: { requests: { cpu, memory } } });
const workload = (kind: string, name: string, spec: Manifest['spec'] = {}): Manifest => ({
  kind,
  metadata: { name: `guichet-${name}`, labels: { 'app.kubernetes.io/name': name } },
  spec: { template: { spec: { containers: [container('50m', '128Mi')] } }, ...spec },
});

test('a pod asks for its containers together, or for the largest that runs before them', () => {
  const pod = {
    containers: [container('50m', '64Mi'), container('10m', '64Mi')],
    initContainers: [container('20m', '256Mi')],
  };

  expect(requestsOf(pod)).toEqual({ cpuMillis: 60, memoryBytes: 256 * 2 ** 20 });
});

test('counts replicas, an autoscaler’s fewest, and nothing that ends by itself', () => {
  const objects = [
    workload('Deployment', 'gateway', { replicas: 2 }),
    workload('Deployment', 'reservation'),
    workload('StatefulSet', 'postgres', { replicas: 1 }),
    workload('Job', 'reservation-migrate'),
    {
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'guichet-reservation' },
      spec: { scaleTargetRef: { name: 'guichet-reservation' }, minReplicas: 3 },
    },
  ];
  const components = componentsOf(objects);

  expect(components.map(({ name, replicas }) => [name, replicas])).toEqual([
    ['gateway', 2],
    ['reservation', 3],
    ['postgres', 1],
  ]);
  expect(totalOf(components)).toEqual({ cpuMillis: 300, memoryBytes: 6 * 128 * 2 ** 20 });
});
