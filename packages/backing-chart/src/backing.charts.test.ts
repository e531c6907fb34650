import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { settings as catalog } from '../../../services/catalog/src/config.ts';
import { settings as gateway } from '../../../services/gateway/src/config.ts';
import { settings as identity } from '../../../services/identity/src/config.ts';
import { settings as notification } from '../../../services/notification/src/config.ts';
import { settings as payment } from '../../../services/payment/src/config.ts';
import { settings as prescaler } from '../../../services/prescaler/src/config.ts';
import { settings as reservation } from '../../../services/reservation/src/config.ts';
import { settings as waitingRoom } from '../../../services/waiting-room/src/config.ts';
import { chart, type KubeObject, render, tool } from './helm.ts';

const values = (name: string) => ['-f', join(chart, `values-${name}.yaml`)];
const set = (...pairs: string[]) => pairs.flatMap((pair) => ['--set', pair]);

const profiles: Record<string, string[]> = {
  'upstream images': [],
  'kind, upstream images': values('kind'),
  'kind, offline images': [...values('kind'), ...values('offline')],
  'nothing kept': [...values('kind'), ...set('persistence.enabled=false')],
};
const profile = Object.entries(profiles);

// biome-ignore lint/suspicious/noExplicitAny: a pod template has as many shapes as there are fields
type Pod = { where: string; spec: any; labels: Record<string, string> };

const podsOf = (objects: KubeObject[]): Pod[] =>
  objects.flatMap(({ kind, metadata, spec }) => {
    const where = `${kind} ${metadata.name}`;
    if (kind === 'Pod') return [{ where, spec, labels: metadata.labels ?? {} }];
    if (!spec?.template) return [];
    return [{ where, spec: spec.template.spec, labels: spec.template.metadata.labels }];
  });
const containersOf = ({ spec }: Pod) => [...(spec.initContainers ?? []), ...spec.containers];
const ofKind = (objects: KubeObject[], ...kinds: string[]) =>
  objects.filter(({ kind }) => kinds.includes(kind));
const named = (objects: KubeObject[], kind: string, name: string): KubeObject => {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (!found) throw new Error(`There is no ${kind} ${name}.`);
  return found;
};
const secretOf = (objects: KubeObject[], name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(named(objects, 'Secret', name).data as Record<string, string>).map(
      ([key, value]) => [key, Buffer.from(value, 'base64').toString()],
    ),
  );

/** `100m` and `192Mi` as thousandths of a core and as MiB. */
const milli = (cpu: string) => Number(cpu.replace(/m$/, ''));
const mebi = (memory: string) =>
  memory.endsWith('Gi') ? 1_024 * Number.parseInt(memory, 10) : Number.parseInt(memory, 10);

describe('charts/guichet-backing', () => {
  test.each(profile)('%s: helm lint has nothing to say', async (_name, args) => {
    expect(await tool('helm', ['lint', '--strict', chart, ...args])).toContain('0 chart(s) failed');
  });

  test.each(profile)('%s: Pod Security "restricted" admits every pod', async (_name, args) => {
    for (const pod of podsOf(await render(...args))) {
      expect(pod.spec.securityContext, pod.where).toMatchObject({
        runAsNonRoot: true,
        runAsUser: expect.any(Number),
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(pod.spec, pod.where).toMatchObject({
        automountServiceAccountToken: false,
        enableServiceLinks: false,
      });
      for (const container of containersOf(pod)) {
        expect(container.securityContext, pod.where).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources.limits, pod.where).toEqual({ memory: expect.any(String) });
        expect(container.resources.requests, pod.where).toHaveProperty('cpu');
        expect(container.imagePullPolicy, pod.where).toBe('IfNotPresent');
        expect(container.image, pod.where).toMatch(/:[^:/]+$/);
        expect(container.image, pod.where).not.toMatch(/:latest$/);
      }
    }
  });

  test.each(profile)('%s: each server has three probes, and not the same', async (_name, args) => {
    const servers = ofKind(await render(...args), 'StatefulSet', 'Deployment');
    for (const container of servers.flatMap(({ spec }) => spec.template.spec.containers)) {
      const { startupProbe, readinessProbe, livenessProbe } = container;
      const probes = [startupProbe, readinessProbe, livenessProbe].map((p) => JSON.stringify(p));
      expect(new Set(probes).size, container.name).toBe(3);
      // A slow start must not be taken for a death.
      expect(startupProbe.failureThreshold * startupProbe.periodSeconds).toBeGreaterThanOrEqual(60);
    }
  });

  test.each(profile)('%s: whatever is mounted, read or selected is there', async (_name, args) => {
    const objects = await render(...args);
    const there = (kind: string, name: string) => named(objects, kind, name);
    for (const pod of podsOf(objects)) {
      for (const volume of pod.spec.volumes ?? []) {
        if (volume.secret) there('Secret', volume.secret.secretName);
        if (volume.configMap && !volume.configMap.optional)
          there('ConfigMap', volume.configMap.name);
        const claim = volume.persistentVolumeClaim?.claimName;
        if (claim) there('PersistentVolumeClaim', claim);
      }
      for (const { valueFrom } of containersOf(pod).flatMap(({ env = [] }) => env)) {
        if (!valueFrom) continue;
        const { name, key } = valueFrom.secretKeyRef;
        expect(secretOf(objects, name), `${pod.where} reads ${key} of ${name}`).toHaveProperty(key);
      }
    }
    for (const { spec, metadata } of ofKind(objects, 'Service')) {
      const selected = podsOf(objects).filter(({ labels }) =>
        Object.entries(spec.selector).every(([key, value]) => labels[key] === value),
      );
      expect(selected, metadata.name).toHaveLength(1);
    }
  });

  test.each(profile)(
    '%s: labels are the agreed ones, selectors two of them',
    async (_name, args) => {
      const objects = await render(...args);
      for (const { kind, metadata } of objects) {
        expect(metadata.labels, `${kind} ${metadata.name}`).toEqual({
          'app.kubernetes.io/name': expect.any(String),
          'app.kubernetes.io/instance': 'guichet-backing',
          'app.kubernetes.io/part-of': 'guichet-backing',
          'app.kubernetes.io/managed-by': 'Helm',
          'helm.sh/chart': 'guichet-backing-0.1.0',
        });
      }
      const two = ['app.kubernetes.io/instance', 'app.kubernetes.io/name'];
      for (const { spec } of ofKind(objects, 'StatefulSet', 'Deployment')) {
        expect(Object.keys(spec.selector.matchLabels).sort()).toEqual(two);
        // Neither a pod nor a claim changes with the chart's version: one restarts, the other cannot.
        const claims = (spec.volumeClaimTemplates ?? []).map((claim: KubeObject) => claim.metadata);
        for (const { labels } of [spec.template.metadata, ...claims]) {
          expect(labels).not.toHaveProperty('helm.sh/chart');
        }
      }
    },
  );

  test('the kind profile requests what the agreed footprint leaves it', async () => {
    const objects = ofKind(await render(...values('kind')), 'StatefulSet', 'Deployment');
    const requests = objects.flatMap(({ spec }) =>
      spec.template.spec.containers.map(
        (container: { resources: { requests: { cpu: string; memory: string } } }) =>
          container.resources.requests,
      ),
    );
    const sum = (of: (request: { cpu: string; memory: string }) => number) =>
      requests.reduce((total, request) => total + of(request), 0);
    expect(sum(({ cpu }) => milli(cpu))).toBeLessThanOrEqual(375);
    expect(sum(({ memory }) => mebi(memory))).toBeLessThanOrEqual(1_192);
  });
});

const own: Record<string, z.ZodObject> = {
  identity,
  catalog,
  reservation,
  'waiting-room': waitingRoom,
  payment,
  notification,
  prescaler,
  gateway,
};
const camel = (name: string) =>
  name.toLowerCase().replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase());

describe('the Secrets', () => {
  test.each(profile.slice(1))('%s: each service takes its own as settings', async (_name, args) => {
    const objects = await render(...args);
    for (const [service, settings] of Object.entries(own)) {
      for (const [key, text] of Object.entries(secretOf(objects, `guichet-${service}`))) {
        const setting = settings.shape[camel(key)] as z.ZodType | undefined;
        // notification calls nobody, and identity knows it.
        if (!setting && key === 'SERVICE_CLIENT_SECRET') continue;
        expect(setting?.safeParse(text), `${service} ${key}`).toMatchObject({ success: true });
      }
    }
  });

  test('one render tells server and services the same passwords', async () => {
    const objects = await render(...values('kind'));
    const of = (service: string) => secretOf(objects, `guichet-${service}`);
    const postgres = of('postgres');
    for (const service of ['identity', 'reservation', 'waiting-room', 'notification']) {
      const role = `guichet_${service.replace('-', '_')}`;
      expect(of(service).DATABASE_URL).toBe(
        `postgres://${role}:${postgres[role]}@guichet-postgres:5432/${role}`,
      );
    }
    expect(of('payment').MONGO_URL).toBe(
      `mongodb://payment:${of('mongo').payment}@guichet-mongo:27017/payment`,
    );
    expect(of('catalog').MESSAGES_URL).toBe(
      `amqp://guichet:${of('rabbitmq').password}@guichet-rabbitmq:5672/guichet`,
    );
    expect(JSON.parse(of('rabbitmq')['definitions.json'] ?? '').users).toEqual([
      { name: 'guichet', password: of('rabbitmq').password, tags: '' },
    ]);
    expect(of('gateway').VALKEY_URL).toContain(`:${of('valkey').password}@guichet-valkey:6379`);
    expect(of('payment').STRIPE_WEBHOOK_SECRETS).toBe(of('stand-ins').WEBHOOK_SECRET);

    const hash = (secret = '') => createHash('sha256').update(secret).digest('hex');
    expect(of('gateway').LINE_TOKEN_KEYS).toBe(of('waiting-room').LINE_TOKEN_KEYS);

    const clients = [
      ...['gateway', 'notification', 'payment', 'prescaler', 'reservation', 'waiting-room'],
    ];
    expect(of('identity').SERVICE_CLIENTS).toBe(
      clients.map((name) => `${name}:${hash(of(name).SERVICE_CLIENT_SECRET)}`).join(','),
    );
  });

  test('two renders have no password in common, and each is long', async () => {
    const [one, other] = [await render(), await render()];
    for (const server of ['postgres', 'mongo', 'rabbitmq', 'valkey', 's3']) {
      const [first, second] = [one, other].map((objects) => secretOf(objects, `guichet-${server}`));
      for (const [key, password] of Object.entries(first ?? {})) {
        expect(password, key).not.toBe(second?.[key]);
        expect(password.length, key).toBeGreaterThanOrEqual(32);
      }
    }
  });

  test('are kept when the release goes, and not made where something else makes them', async () => {
    for (const { metadata } of ofKind(await render(), 'Secret')) {
      expect(metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' });
    }
    expect(ofKind(await render(...set('secrets.create=false')), 'Secret')).toEqual([]);
  });

  test('a changed password or setting restarts the server that reads it, and no other', async () => {
    const checksums = async (...args: string[]) =>
      Object.fromEntries(
        ofKind(await render(...set('secrets.create=false'), ...args), 'StatefulSet').map(
          ({ metadata, spec }) => [metadata.name, spec.template.metadata.annotations],
        ),
      );
    const before = await checksums();
    const after = await checksums(...set('servers.postgres.settings.shared_buffers=64MB'));
    expect(after['guichet-postgres']).not.toEqual(before['guichet-postgres']);
    expect({ ...after, 'guichet-postgres': 0 }).toEqual({ ...before, 'guichet-postgres': 0 });
  });

  test('a server is marked with the very Secret that is made beside it', async () => {
    const objects = await render();
    for (const { metadata, spec } of ofKind(objects, 'StatefulSet')) {
      const data = Object.entries(secretOf(objects, metadata.name)).sort();
      const sum = createHash('sha256').update(JSON.stringify(Object.fromEntries(data)));
      expect(spec.template.metadata.annotations, metadata.name).toHaveProperty(
        ['checksum/secret'],
        sum.digest('hex'),
      );
    }
  });
});

describe('what values can do', () => {
  test('a digest wins over a tag, and a registry stands before every image', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const objects = await render(
      ...values('kind'),
      ...set(
        `servers.postgres.image.digest=${digest}`,
        'imageRegistry=registry.example:5000/mirror',
      ),
    );
    const images = podsOf(objects).flatMap((pod) => containersOf(pod).map(({ image }) => image));
    expect(images).toContain(`registry.example:5000/mirror/postgres@${digest}`);
    expect(images).toContain('registry.example:5000/mirror/guichet/stand-ins:dev');
    for (const image of images) expect(image).toMatch(/^registry\.example:5000\/mirror\//);
  });

  test.each(['postgres', 'mongo', 'rabbitmq', 'valkey', 's3'])(
    '%s switched off leaves no object of its own and no URL',
    async (server) => {
      const objects = await render(...set(`servers.${server}.enabled=false`));
      expect(
        objects.filter(({ metadata }) => metadata.name.startsWith(`guichet-${server}`)),
      ).toEqual([]);
      const urls = ofKind(objects, 'Secret').flatMap(({ metadata }) =>
        Object.values(secretOf(objects, metadata.name)),
      );
      for (const url of urls) expect(url).not.toContain(`guichet-${server}`);
    },
  );

  test('another service is one more entry', async () => {
    const objects = await render(
      ...set(
        'services.seat-map.uses={postgres,valkey}',
        'services.seat-map.generates.SEALING_KEY=key',
      ),
    );
    const { guichet_seat_map: password } = secretOf(objects, 'guichet-postgres');
    expect(secretOf(objects, 'guichet-seat-map')).toEqual({
      DATABASE_URL: `postgres://guichet_seat_map:${password}@guichet-postgres:5432/guichet_seat_map`,
      VALKEY_URL: expect.stringContaining('redis://'),
      SEALING_KEY: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    });
  });

  test('without persistence there is no claim, with it every volume outlives the release', async () => {
    const without = await render(...values('kind'), ...set('persistence.enabled=false'));
    expect(ofKind(without, 'PersistentVolumeClaim')).toEqual([]);
    for (const { spec, metadata } of ofKind(without, 'StatefulSet', 'Deployment')) {
      expect(spec.volumeClaimTemplates).toBeUndefined();
      // An exporter keeps nothing.
      if (metadata.name.endsWith('-exporter')) continue;
      expect(spec.template.spec.volumes).toContainEqual({ name: 'data', emptyDir: {} });
    }
    for (const { spec } of ofKind(await render(), 'StatefulSet')) {
      expect(spec.persistentVolumeClaimRetentionPolicy.whenDeleted).toBe('Retain');
    }
  });

  test('a server hears pods of Guichet and of helm test, and calls nobody', async () => {
    const objects = await render();
    const policies = ofKind(objects, 'NetworkPolicy');
    expect(named(objects, 'NetworkPolicy', 'guichet-backing').spec).toEqual({
      podSelector: {
        matchLabels: {
          'app.kubernetes.io/instance': 'guichet-backing',
          'app.kubernetes.io/part-of': 'guichet-backing',
        },
      },
      policyTypes: ['Ingress', 'Egress'],
    });
    for (const { metadata } of ofKind(objects, 'StatefulSet')) {
      const { spec } = named(policies, 'NetworkPolicy', metadata.name);
      expect(spec.egress).toBeUndefined();
      expect(spec.ingress).toEqual([
        {
          from: [
            { podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'guichet' } } },
            {
              podSelector: {
                matchLabels: {
                  'app.kubernetes.io/name': 'test',
                  'app.kubernetes.io/instance': 'guichet-backing',
                },
              },
            },
          ],
          ports: [{ port: 'server' }],
        },
      ]);
    }
    expect(ofKind(await render(...set('networkPolicy.enabled=false')), 'NetworkPolicy')).toEqual(
      [],
    );
  });
});

describe('what is refused', () => {
  test.each([
    ['an unknown value', set('servers.postgres.imgae=x'), /'imgae' not allowed/],
    ['an unknown server', set('servers.mysql.enabled=true'), /'mysql' not allowed/],
    ['a wrong type', set('persistence.enabled=perhaps'), /persistence\/enabled.*want boolean/s],
    ['root', set('servers.valkey.user=0'), /servers\/valkey\/user/],
    ['latest', set('servers.s3.image.tag=latest'), /servers\/s3\/image\/tag/],
    ['no tag and no digest', set('servers.s3.image.tag='), /servers\/s3\/image/],
    [
      'a digest that is none',
      set('servers.s3.image.digest=sha256:1'),
      /servers\/s3\/image\/digest/,
    ],
    ['pulling always', set('imagePullPolicy=Always'), /imagePullPolicy/],
    ['a CPU limit', set('servers.s3.resources.limits.cpu=1'), /'cpu' not allowed/],
    ['a port that no node has', set('standIns.nodePorts.stripe=80'), /standIns\/nodePorts\/stripe/],
    ['a setting that is a number', set('servers.valkey.settings.port=6379'), /settings\/port/],
    ['passwords from outside', set('generated.x.y=z'), /'generated' not allowed/],
    [
      'users that nothing makes',
      ['--set-json', 'servers.mongo.prepare=[]'],
      /servers.mongo.prepare is empty.*set authentication to false/s,
    ],
    [
      'a service named like a server',
      set('services.valkey.uses={postgres}'),
      /share the Secret guichet-valkey.*call the service something else/s,
    ],
    [
      'one port for two',
      set(
        'standIns.enabled=true',
        'standIns.nodePorts.stripe=30090',
        'standIns.nodePorts.inbox=30090',
      ),
      /are both 30090: give each a port of its own/,
    ],
    [
      'a probe that asks in two ways',
      set('servers.s3.readinessProbe.tcpSocket.port=server'),
      /servers.s3.readinessProbe must ask in one way, and has 2/,
    ],
  ])('%s', async (_what, args, sentence) => {
    await expect(render(...args)).rejects.toThrow(sentence);
  });

  test('but not what a chart above this one shares', async () => {
    expect(await render(...set('global.anything=1'))).not.toEqual([]);
  });
});
