import { describe, expect, test } from 'vitest';
import {
  containersOf,
  named,
  ofKind,
  podsOf,
  secretOf,
  set,
  values,
} from './backing-charts-test.ts';
import { render } from './helm.ts';

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
