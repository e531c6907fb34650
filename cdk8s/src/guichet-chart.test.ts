import type { k8s } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { catalogue, type ServiceName, serviceNames } from '../catalogue.ts';
import { objectsOf } from './guichet-chart.ts';
import { objectsOfProfile, profiles } from './profiles.ts';
import { readValues } from './values/read-values.ts';

type Manifest = {
  kind: string;
  metadata: { name: string; labels: Record<string, string> };
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it looks at
  spec: any;
  data?: Record<string, string>;
};
const render = (over: unknown = {}) =>
  objectsOf({
    name: 'guichet',
    namespace: 'guichet',
    values: readValues([], over),
  }) as unknown as Manifest[];
const ofKind = (objects: readonly Manifest[], kind: string) =>
  objects.filter((object) => object.kind === kind);
const named = (objects: readonly Manifest[], kind: string, name: string) => {
  const found = ofKind(objects, kind).find(({ metadata }) => metadata.name === `guichet-${name}`);
  if (!found) throw new Error(`There is no ${kind} guichet-${name}.`);
  return found;
};
const podsOf = (objects: readonly Manifest[]): k8s.PodSpec[] =>
  objects.flatMap(({ spec }) => (spec?.template?.spec ? [spec.template.spec] : []));

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

test('each probe asks something else, and the end waits for the endpoints', () => {
  const { spec } = named(render(), 'Deployment', 'reservation');
  const [container] = spec.template.spec.containers;

  expect(container.startupProbe.failureThreshold).toBeGreaterThan(100);
  expect(container.readinessProbe.httpGet.path).toBe('/health/ready');
  expect(container.livenessProbe.httpGet.path).toBe('/health/live');
  expect(container.lifecycle.preStop).toEqual({ sleep: { seconds: 5 } });
  expect(spec.template.spec.terminationGracePeriodSeconds).toBe(60);
});

test('a changed setting makes other pods, and an unchanged one the same', () => {
  const checksum = (over: unknown) =>
    named(render(over), 'Deployment', 'catalog').spec.template.metadata.annotations[
      'checksum/settings'
    ];
  const setting = (days: number) => ({
    services: { catalog: { settings: { QUOTE_KEY_DAYS: days } } },
  });

  expect(checksum({})).toBe(checksum({ services: { gateway: { replicas: 5 } } }));
  expect(checksum(setting(7))).not.toBe(checksum({}));
  expect(checksum(setting(7))).not.toBe(checksum(setting(8)));
});

test('a changed live setting is in the ConfigMap, and makes no other pods', () => {
  const rendered = (perSecond: number) =>
    render({ services: { gateway: { settings: { REQUESTS_PER_SECOND: perSecond } } } });
  const [few, many] = [rendered(10), rendered(20)];

  expect(named(few, 'ConfigMap', 'gateway').data?.REQUESTS_PER_SECOND).toBe('10');
  expect(named(many, 'ConfigMap', 'gateway').data?.REQUESTS_PER_SECOND).toBe('20');
  expect(named(many, 'Deployment', 'gateway').spec.template).toEqual(
    named(few, 'Deployment', 'gateway').spec.template,
  );
});

test('a migration is another Job when its image is another, and the same one otherwise', () => {
  const jobs = (over: unknown = {}) =>
    ofKind(render(over), 'Job').map(({ metadata }) => metadata.name);

  expect(jobs()).toHaveLength(4);
  expect(jobs({ services: { gateway: { replicas: 5 } } })).toEqual(jobs());
  expect(jobs({ image: { tag: 'next' } }).filter((name) => jobs().includes(name))).toEqual([]);
  for (const name of jobs()) expect(name).toMatch(/-migrate-[0-9a-f]{10}$/);
});

test('a digest goes before a tag, and a service’s own before the release’s', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const image = (name: string, over: unknown) =>
    named(render(over), 'Deployment', name).spec.template.spec.containers[0].image;
  const over = {
    image: { repository: 'ghcr.io/guichet', tag: '1' },
    services: { catalog: { image: { tag: '2' } }, payment: { image: { tag: '2', digest } } },
  };

  expect(image('gateway', over)).toBe('ghcr.io/guichet/gateway:1');
  expect(image('catalog', over)).toBe('ghcr.io/guichet/catalog:2');
  expect(image('payment', over)).toBe(`ghcr.io/guichet/payment@${digest}`);
});

test('KEDA takes the autoscaler’s place, so that the two do not fight', () => {
  const objects = render({
    services: { reservation: { autoscaling: { keda: { enabled: true, triggers: [] } } } },
  });
  const scaled = (kind: string) => ofKind(objects, kind).map(({ metadata }) => metadata.name);

  expect(scaled('ScaledObject')).toEqual(['guichet-reservation']);
  expect(scaled('HorizontalPodAutoscaler')).not.toContain('guichet-reservation');
});

test('KEDA follows what the business says, where it is told of a Prometheus', () => {
  const triggersOf = (values: object) => {
    const services = { gateway: { autoscaling: { keda: { enabled: true } } } };
    const [scaled] = ofKind(render({ services, ...values }), 'ScaledObject');
    return (scaled as unknown as { spec: { triggers: unknown[] } }).spec.triggers;
  };

  expect(triggersOf({})).toHaveLength(1);
  expect(triggersOf({ keda: { prometheusUrl: 'http://prometheus:9090' } })[1]).toEqual({
    type: 'prometheus',
    metricType: 'AverageValue',
    metadata: {
      serverAddress: 'http://prometheus:9090',
      query: 'max(guichet_waiting_room_waiting{namespace="guichet"})',
      threshold: '4800',
    },
  });
});

test('headroom is pods that do nothing, which any other pod may take the place of', () => {
  const objects = render({ headroom: { replicas: 3 } });
  const [priority] = ofKind(objects, 'PriorityClass') as unknown as { value: number }[];
  const { spec } = named(objects, 'Deployment', 'headroom');

  expect(priority).toMatchObject({ value: -5, preemptionPolicy: 'Never' });
  expect(spec.replicas).toBe(3);
  expect(spec.template.spec.priorityClassName).toBe('guichet-guichet-headroom');
  expect(ofKind(render(), 'PriorityClass')).toEqual([]);
});

test('releases in different namespaces share nothing', () => {
  const objects = objectsOf({ name: 'north', namespace: 'boats', values: readValues([]) });

  for (const { metadata } of objects as unknown as { metadata: Record<string, string> }[]) {
    expect(metadata).toMatchObject({ name: expect.stringMatching(/^north-/), namespace: 'boats' });
  }
});
