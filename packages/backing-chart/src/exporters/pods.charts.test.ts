import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chart, type KubeObject, render } from '../helm.ts';

const offline = ['-f', join(chart, 'values-offline.yaml')];

/** Who tells about each server, with images that can be pulled and with those that are built. */
const tellers = {
  'upstream images': {
    args: [],
    of: {
      mongo: 'guichet-mongo-exporter',
      postgres: 'guichet-postgres-exporter',
      rabbitmq: 'guichet-rabbitmq',
      valkey: 'guichet-valkey-exporter',
    },
  },
  'offline images': {
    args: offline,
    of: {
      mongo: 'guichet-mongo',
      postgres: 'guichet-postgres-exporter',
      rabbitmq: 'guichet-rabbitmq',
      valkey: 'guichet-valkey-exporter',
    },
  },
} satisfies Record<string, { args: string[]; of: Record<string, string> }>;
const profiles = Object.entries(tellers);

const workloads = (objects: KubeObject[]) => objects.filter(({ spec }) => spec?.template);
const policy = (objects: KubeObject[], name: string) =>
  objects.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name)?.spec;
const marked = (objects: KubeObject[]) =>
  workloads(objects).filter(
    ({ spec }) => spec.template.metadata.annotations?.['prometheus.io/scrape'] === 'true',
  );
const pods = (name: string) => ({
  podSelector: {
    matchLabels: {
      'app.kubernetes.io/name': name,
      'app.kubernetes.io/instance': 'guichet-backing',
    },
  },
});
const monitoring = {
  from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
  ports: [{ port: 'metrics' }],
};

describe('who tells Prometheus about a server', () => {
  test.each(profiles)(
    '%s: is one pod each, called by the server’s name',
    async (_name, profile) => {
      const found = marked(await render(...profile.args));

      const label = 'guichet.dev/metrics-of';
      expect(
        Object.fromEntries(
          found.map(({ spec, metadata }) => [spec.template.metadata.labels[label], metadata.name]),
        ),
      ).toEqual(profile.of);
      expect(found).toHaveLength(Object.keys(profile.of).length);
    },
  );

  test.each(profiles)('%s: has the port that it is asked at, at a path', async (_name, profile) => {
    for (const { spec, metadata } of marked(await render(...profile.args))) {
      const { annotations } = spec.template.metadata;
      const [{ ports }] = spec.template.spec.containers;
      const { containerPort } = ports.find(({ name }: { name: string }) => name === 'metrics');

      expect(annotations['prometheus.io/port'], metadata.name).toBe(String(containerPort));
      expect(annotations['prometheus.io/path']).toBe('/metrics');
    }
  });

  test('is asked by the namespace of Prometheus, and asks its one server', async () => {
    const objects = await render();
    for (const server of ['postgres', 'mongo', 'valkey']) {
      const own = policy(objects, `guichet-${server}-exporter`);
      expect(own.podSelector).toEqual(pods(`${server}-exporter`).podSelector);
      expect(own.policyTypes).toEqual(['Ingress', 'Egress']);
      expect(own.ingress).toEqual([monitoring]);
      const [toServer, toNames, ...others] = own.egress;
      expect(toServer).toEqual({ to: [pods(server)], ports: [{ port: 'server' }] });
      expect(toNames.ports.map(({ port }: { port: number }) => port)).toEqual([53, 53]);
      expect(others).toEqual([]);

      const servers = policy(objects, `guichet-${server}-metrics`);
      expect(servers.podSelector).toEqual(pods(server).podSelector);
      expect(servers.policyTypes).toEqual(['Ingress']);
      expect(servers.ingress).toEqual([
        { from: [pods(`${server}-exporter`)], ports: [{ port: 'server' }] },
      ]);
    }
  });

  test('may be the server itself: then it is asked at its port of metrics alone', async () => {
    const objects = await render(...offline);
    for (const server of ['rabbitmq', 'mongo']) {
      expect(policy(objects, `guichet-${server}-metrics`)).toEqual({
        podSelector: pods(server).podSelector,
        policyTypes: ['Ingress'],
        ingress: [monitoring],
      });
      expect(policy(objects, `guichet-${server}-exporter`)).toBeUndefined();
    }
  });

  test('is asked by nobody where nobody is named, and by whoever is', async () => {
    const nobody = await render('--set-json', 'networkPolicy.monitoring=[]');
    expect(policy(nobody, 'guichet-postgres-exporter').ingress).toEqual([]);
    expect(policy(nobody, 'guichet-rabbitmq-metrics').ingress).toEqual([]);

    const peer = { podSelector: { matchLabels: { app: 'prometheus' } } };
    const other = await render('--set-json', `networkPolicy.monitoring=[${JSON.stringify(peer)}]`);
    expect(policy(other, 'guichet-valkey-exporter').ingress[0].from).toEqual([peer]);
  });

  test.each(profiles)('%s: ends its garbage below its limit of memory', async (_name, profile) => {
    for (const { spec, metadata } of workloads(await render(...profile.args))) {
      if (!metadata.name.endsWith('-exporter')) continue;
      const [{ env, resources }] = spec.template.spec.containers;
      const { value } = env.find(({ name }: { name: string }) => name === 'GOMEMLIMIT');
      const share = Number.parseInt(value, 10) / Number.parseInt(resources.limits.memory, 10);
      expect(value).toMatch(/^\d+MiB$/);
      expect(share, metadata.name).toBe(0.75);
    }
  });
});
