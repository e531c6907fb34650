import { describe, expect, test } from 'vitest';
import { filesOf, ofKind, render, set, valuesOf, workloadsOf } from './rendered.ts';

const parts = [
  ['prometheus', 'guichet-prometheus', []],
  ['alertmanager', 'guichet-alertmanager', []],
  ['loki', 'guichet-loki', set('agent.logs.endpoint=https://logs.example/otlp')],
  ['jaeger', 'guichet-jaeger', set('collector.traces.endpoint=https://traces.example')],
  ['collector', 'guichet-collector', []],
  ['agent', 'guichet-collector-agent', []],
  ['grafana', 'guichet-grafana', []],
  ['kubeStateMetrics', 'guichet-kube-state-metrics', []],
] as const;

describe('a part that is off', () => {
  test.each(parts)(
    '%s leaves no object of its own, and no policy that opens a way to it',
    async (part, name, instead) => {
      const objects = await render([...set(`${part}.enabled=false`), ...instead]);
      const own = objects.filter(
        ({ metadata }) =>
          metadata.labels['app.kubernetes.io/name'] === name.replace('guichet-', ''),
      );
      expect(own.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([]);
      const label = `"app.kubernetes.io/name":"${name.replace('guichet-', '')}"`;
      expect(JSON.stringify(ofKind(objects, 'NetworkPolicy'))).not.toContain(label);
      expect(workloadsOf(objects)).toHaveLength(parts.length - 1);
    },
  );
});

describe('what is elsewhere', () => {
  test('traces, lines, samples and alerts go there, with a key from a Secret', async () => {
    const objects = await render([
      ...set(
        'jaeger.enabled=false,loki.enabled=false,alertmanager.enabled=false',
        'collector.traces.endpoint=https://traces.example',
        'collector.traces.authorization.secret=keys,collector.traces.authorization.key=traces',
        'agent.logs.endpoint=https://logs.example/otlp',
        'prometheus.remoteWrite[0].url=https://metrics.example/api/v1/write',
        'prometheus.alertmanagers={alerts.example:9093}',
      ),
    ]);

    const gateway = filesOf(objects, 'guichet-collector')['gateway.yaml'];
    expect(gateway).toContain('endpoint: https://traces.example');
    expect(gateway).toMatch(/Authorization: .+env:AUTHORIZATION/);
    expect(JSON.stringify(workloadsOf(objects))).toContain(
      '"secretKeyRef":{"name":"keys","key":"traces"}',
    );
    expect(filesOf(objects, 'guichet-collector-agent')['agent.yaml']).toContain(
      'endpoint: https://logs.example/otlp',
    );
    const prometheus = filesOf(objects, 'guichet-prometheus')['prometheus.yaml'];
    expect(prometheus).toContain('url: https://metrics.example/api/v1/write');
    expect(prometheus).toContain('targets: ["alerts.example:9093"]');
  });

  test('the agent without anywhere for lines tells how the node is, and reads none', async () => {
    const objects = await render(set('loki.enabled=false'));
    const agent = filesOf(objects, 'guichet-collector-agent')['agent.yaml'];
    expect(agent).not.toContain('file_log');
    expect(agent).toContain('hostmetrics');
  });

  test('every image comes from the registry that is named, or by its digest', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const objects = await render(
      set('imageRegistry=registry.example:5000/mirror', `loki.image.digest=${digest}`),
    );
    const images = workloadsOf(objects).flatMap(({ spec }) =>
      spec.template.spec.containers.map(({ image }: { image: string }) => image),
    );
    expect(images).toContain(`registry.example:5000/mirror/grafana/loki@${digest}`);
    for (const image of images) expect(image).toMatch(/^registry\.example:5000\/mirror\//);
  });
});

describe('what is refused', () => {
  test.each([
    ['an unknown value', set('prometheus.replicas=2'), /'replicas' not allowed/],
    ['a wrong type', set('loki.retention=7'), /loki\/retention/],
    ['latest', set('jaeger.image.tag=latest'), /jaeger\/image\/tag/],
    ['pulling always', set('imagePullPolicy=Always'), /imagePullPolicy/],
    ['a port that no node has', set('loki.nodePort=80'), /loki\/nodePort/],
    [
      'two who raise the same alerts',
      set('operator.enabled=true'),
      /would raise every alert a second time: set one of the two to false/,
    ],
    ['traces for nobody', set('jaeger.enabled=false'), /traces go nowhere: name where they go/],
    [
      'a Jaeger that nobody fills',
      set('collector.traces.endpoint=https://a.b'),
      /traces go to https:\/\/a\.b, so the Jaeger of this chart would stay empty/,
    ],
    [
      'a Loki that nobody fills',
      set('agent.logs.endpoint=https://a.b/otlp'),
      /lines go to https:\/\/a\.b\/otlp, so the Loki of this chart would stay empty/,
    ],
    ['object storage without a bucket', set('loki.storage.type=s3'), /lacks a bucket or a region/],
    [
      'a pager without its key',
      set('alertmanager.receivers.pagerduty.enabled=true'),
      /has pagerduty switched on and alertmanager.existingSecret is empty/,
    ],
    [
      'mail to nobody',
      set('alertmanager.receivers.email.enabled=true,alertmanager.existingSecret=keys'),
      /without to, from and smarthost/,
    ],
    [
      'half a key',
      set('agent.logs.authorization.secret=keys'),
      /agent.logs.authorization needs both/,
    ],
    [
      'one port for two',
      set('loki.nodePort=30001,jaeger.nodePort=30001'),
      /nodePort are both 30001: give each a port of its own/,
    ],
  ])('%s', async (_what, args, sentence) => {
    await expect(render(args)).rejects.toThrow(sentence);
  });

  test('but not what a chart above this one shares', async () => {
    expect(await render([...valuesOf('kind'), ...set('global.anything=1')])).not.toEqual([]);
  });
});
