import type { k8s } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { catalogue, type ServiceName, serviceNames } from '../catalogue.ts';
import { objectsOf } from './guichet-chart.ts';
import { type Manifest, named, ofKind, podsOf, render } from './manifests-test.ts';
import { objectsOfProfile, profiles } from './profiles.ts';
import { readValues } from './values/read-values.ts';

describe.each(profiles)('with the values of %s', (profile) => {
  const objects = objectsOfProfile(profile) as unknown as Manifest[];

  test('every pod is one that `restricted` admits, with a limit of memory and none of CPU', () => {
    const pods = podsOf(objects);
    expect(pods.length).toBeGreaterThan(serviceNames.length);
    for (const { securityContext, containers, automountServiceAccountToken, volumes } of pods) {
      expect(securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 65_532,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(automountServiceAccountToken).toBeTypeOf('boolean');
      expect(volumes?.every((volume) => volume.projected)).toBe(true);
      for (const { securityContext: security, resources } of containers) {
        expect(security).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(Object.keys(resources?.limits ?? {})).toEqual(['memory']);
        expect(Object.keys(resources?.requests ?? {}).sort()).toEqual(['cpu', 'memory']);
      }
    }
  });

  test('what a heap may grow to leaves more than half of what its pod may have', () => {
    for (const { containers } of podsOf(objects)) {
      const limit = Number.parseInt(String(containers[0]?.resources?.limits?.memory), 10);
      const given = (key: string) => containers[0]?.env?.find(({ name }) => name === key)?.value;
      const options = given('NODE_OPTIONS') ?? '';
      const [, old] = /--max-old-space-size=(\d+)/.exec(options) ?? [];
      const [, semi] = /--max-semi-space-size=(\d+)/.exec(options) ?? [];
      // Node takes 0 for no cap at all.
      expect(Number(old)).toBeGreaterThan(64);
      expect(Number(semi)).toBeGreaterThan(0);
      expect(Number(old) + 3 * Number(semi)).toBeLessThan(limit / 2);
      expect(given('MALLOC_ARENA_MAX')).toBe('2');
    }
  });

  test('there is no `replicas` beside an autoscaler, and a budget follows the fewest pods', () => {
    for (const name of serviceNames) {
      const { spec } = named(objects, 'Deployment', name);
      const scaled = ofKind(objects, 'HorizontalPodAutoscaler').find(
        ({ metadata }) => metadata.name === `guichet-${name}`,
      );
      expect('replicas' in spec).toBe(!scaled);
      const fewest = scaled ? scaled.spec.minReplicas : spec.replicas;
      const budgets = ofKind(objects, 'PodDisruptionBudget').filter(
        ({ metadata }) => metadata.name === `guichet-${name}`,
      );
      expect(budgets).toHaveLength(fewest > 1 ? 1 : 0);
    }
  });

  test('it makes no Secret, and every object says what it belongs to', () => {
    expect(ofKind(objects, 'Secret')).toEqual([]);
    for (const { metadata } of objects) {
      expect(metadata.labels).toMatchObject({
        'app.kubernetes.io/instance': 'guichet',
        'app.kubernetes.io/part-of': 'guichet',
      });
    }
  });

  test('everything is denied both ways, and each service reaches only whom it declares', () => {
    expect(named(objects, 'NetworkPolicy', 'deny').spec).toEqual({
      podSelector: {
        matchLabels: {
          'app.kubernetes.io/instance': 'guichet',
          'app.kubernetes.io/part-of': 'guichet',
        },
      },
      policyTypes: ['Ingress', 'Egress'],
    });
    for (const name of serviceNames) {
      const { spec } = named(objects, 'NetworkPolicy', name);
      expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
      // A rule without peers, or without ports, would open everything.
      for (const rule of spec.egress) {
        expect(rule.to?.length).toBeGreaterThan(0);
        expect(rule.ports?.length).toBeGreaterThan(0);
      }
      expect(calledFrom(spec.egress)).toEqual([...catalogue[name].calls].sort());
    }
  });
});

/** The services that egress rules open port 8080 of. */
const calledFrom = (egress: k8s.NetworkPolicyEgressRule[]): string[] =>
  egress
    .filter(({ ports }) => ports?.some(({ port }) => Number(port) === 8080))
    .flatMap(({ to }) => to ?? [])
    .flatMap(({ podSelector }) => podSelector?.matchLabels?.['app.kubernetes.io/name'] ?? [])
    .sort();

const egressOf = (name: ServiceName, over: unknown = {}): k8s.NetworkPolicyEgressRule[] =>
  named(render(over), 'NetworkPolicy', name).spec.egress;

test('only whoever has business outside reaches the internet, and nothing private by it', () => {
  for (const name of serviceNames) {
    const outside = egressOf(name).flatMap(({ to }) => to?.flatMap(({ ipBlock }) => ipBlock ?? []));
    const expected = catalogue[name].internet
      ? [{ cidr: '0.0.0.0/0', except: expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16']) }]
      : [];
    expect(outside).toEqual(expected);
  }
});

test('who asks the Kubernetes API has a token, the least Role, and a way to it', () => {
  const cidr = '192.0.2.7/32';
  const objects = render({
    networkPolicy: { apiServer: { port: 6443, to: [{ ipBlock: { cidr } }] } },
  });

  for (const name of serviceNames) {
    const asks = Boolean(catalogue[name].kubernetesApi);
    const { automountServiceAccountToken } = named(objects, 'Deployment', name).spec.template.spec;
    expect(automountServiceAccountToken).toBe(asks);
    const way = named(objects, 'NetworkPolicy', name).spec.egress.filter(
      ({ to }: k8s.NetworkPolicyEgressRule) => to?.some(({ ipBlock }) => ipBlock?.cidr === cidr),
    );
    expect(way).toEqual(
      asks ? [{ to: [{ ipBlock: { cidr } }], ports: [{ protocol: 'TCP', port: 6443 }] }] : [],
    );
  }
  type Rule = Record<'apiGroups' | 'resources' | 'verbs', string[]> & { resourceNames?: string[] };
  const roles = ofKind(objects, 'Role') as unknown as {
    metadata: { name: string };
    rules: Rule[];
  }[];
  const sentences = ({ apiGroups, resources, verbs, resourceNames = [] }: Rule) =>
    [`${verbs} ${resources}.${apiGroups}`, ...resourceNames].join(' ');
  const may = roles.map(({ metadata, rules }) => [metadata.name, rules.map(sentences)]);
  const scaled = 'guichet-gateway guichet-reservation guichet-payment guichet-notification';
  expect(Object.fromEntries(may)).toEqual({
    'guichet-gateway': ['get,list,watch endpointslices.discovery.k8s.io'],
    'guichet-prescaler': [
      'list horizontalpodautoscalers.autoscaling',
      `patch horizontalpodautoscalers.autoscaling ${scaled}`,
      'list scaledobjects.keda.sh',
      `patch scaledobjects.keda.sh ${scaled}`,
      'get,patch leases.coordination.k8s.io guichet-prescaler',
      'list pods.',
      'create events.',
    ],
  });
});

test('releases in different namespaces share nothing', () => {
  const objects = objectsOf({ name: 'north', namespace: 'boats', values: readValues([]) });

  for (const { metadata } of objects as unknown as { metadata: Record<string, string> }[]) {
    expect(metadata).toMatchObject({ name: expect.stringMatching(/^north-/), namespace: 'boats' });
  }
});
