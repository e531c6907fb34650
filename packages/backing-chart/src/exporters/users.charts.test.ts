import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type KubeObject, render } from '../helm.ts';

const set = (...pairs: string[]) => pairs.flatMap((pair) => ['--set', pair]);
const secretOf = (objects: KubeObject[], name: string): Record<string, string> =>
  objects.find(({ kind, metadata }) => kind === 'Secret' && metadata.name === name)?.data ?? {};

describe('the users of exporters', () => {
  test('have passwords of their own, which no service has', async () => {
    const objects = await render();
    const secrets = objects.filter(({ kind }) => kind === 'Secret');
    for (const [server, key] of [
      ['postgres', 'guichet_metrics'],
      ['mongo', 'metrics'],
      ['valkey', 'metrics'],
    ] as const) {
      const password = secretOf(objects, `guichet-${server}`)[key] ?? '';
      expect(Buffer.from(password, 'base64')).toHaveLength(32);
      const holders = secrets.filter(({ data }) =>
        Object.values(data as Record<string, string>).some((text) =>
          Buffer.from(text, 'base64').includes(Buffer.from(password, 'base64')),
        ),
      );
      expect(holders.map(({ metadata }) => metadata.name)).toEqual([`guichet-${server}`]);
    }
  });

  test('are there as long as their exporters are', async () => {
    const off = ['postgres', 'mongo', 'rabbitmq', 'valkey'].map(
      (server) => `servers.${server}.exporter.enabled=false`,
    );
    const objects = await render(...set(...off));

    expect(JSON.stringify(objects)).not.toContain('prometheus.io');
    expect(objects.filter(({ metadata }) => /-(exporter|metrics)$/.test(metadata.name))).toEqual(
      [],
    );
    expect(Object.keys(secretOf(objects, 'guichet-postgres'))).not.toContain('guichet_metrics');
    for (const server of ['mongo', 'valkey']) {
      expect(Object.keys(secretOf(objects, `guichet-${server}`))).not.toContain('metrics');
    }
  });

  test('restart their exporter when their password is another', async () => {
    const objects = await render();
    const exporter = objects.find(
      ({ kind, metadata }) =>
        kind === 'Deployment' && metadata.name === 'guichet-postgres-exporter',
    );
    const password = Buffer.from(
      secretOf(objects, 'guichet-postgres').guichet_metrics ?? '',
      'base64',
    ).toString();

    expect(exporter?.spec.template.metadata.annotations).toHaveProperty(
      ['checksum/secret'],
      createHash('sha256')
        .update(JSON.stringify([password]))
        .digest('hex'),
    );
  });
});

describe('what is refused of an exporter', () => {
  test.each([
    ['an unknown value', set('servers.postgres.exporter.prot=1'), /'prot' not allowed/],
    ['root', set('servers.postgres.exporter.user=0'), /exporter\/user/],
    ['latest', set('servers.valkey.exporter.image.tag=latest'), /exporter\/image/],
    ['a port of root', set('servers.valkey.exporter.port=80'), /exporter\/port/],
    ['a CPU limit', set('servers.mongo.exporter.resources.limits.cpu=1'), /'cpu' not allowed/],
    [
      'an image without what it needs',
      set('servers.rabbitmq.exporter.image.repository=x', 'servers.rabbitmq.exporter.image.tag=1'),
      /servers\/rabbitmq\/exporter/,
    ],
    [
      'the server’s own port',
      set('servers.rabbitmq.exporter.port=5672'),
      /servers.rabbitmq.exporter.port is the server's own, 5672: give its metrics another/,
    ],
    [
      'a password for a server that knows no users',
      set('servers.mongo.authentication=false'),
      /servers.mongo.exporter would come with a password: set exporter.enabled to false/,
    ],
    [
      'a service with the users’ name',
      set('services.metrics.uses={postgres}'),
      /services.metrics would share the users of the exporters: call the service something else/,
    ],
  ])('%s', async (_what, args, sentence) => {
    await expect(render(...args)).rejects.toThrow(sentence);
  });
});
