import { expect, test } from 'vitest';
import { type KubeObject, ofKind, render, set } from './rendered.ts';

type Peer = { podSelector?: { matchLabels: Record<string, string> } };
type Rule = { from?: Peer[]; to?: Peer[]; ports?: { port: string | number }[] };

const name = 'app.kubernetes.io/name';
const policiesOf = (objects: readonly KubeObject[]) => ofKind(objects, 'NetworkPolicy');
const policyOf = (objects: readonly KubeObject[], part: string) => {
  const found = policiesOf(objects).find(({ metadata }) => metadata.name === `guichet-${part}`);
  if (!found) throw new Error(`There is no policy of ${part}.`);
  return found.spec as { ingress: Rule[]; egress: Rule[] };
};

/** Who may talk to whom inside, as `from -> to:port`, as one of the two ends says it. */
const ways = (objects: readonly KubeObject[], end: 'ingress' | 'egress') =>
  policiesOf(objects)
    .filter(({ spec }) => spec.podSelector.matchLabels[name])
    .flatMap(({ spec }) => {
      const own = spec.podSelector.matchLabels[name];
      return ((spec[end] ?? []) as Rule[]).flatMap(({ from, to, ports }) =>
        (from ?? to ?? []).flatMap(({ podSelector }) => {
          const other = podSelector?.matchLabels[name];
          if (!other) return [];
          const [asker, heard] = end === 'ingress' ? [other, own] : [own, other];
          return (ports ?? []).map(({ port }) => `${asker} -> ${heard}:${port}`);
        }),
      );
    })
    .sort();

test('nothing comes in or goes out but by a policy', async () => {
  const objects = await render([]);
  const [deny] = policiesOf(objects);
  expect(deny?.spec).toMatchObject({
    podSelector: {
      matchLabels: {
        'app.kubernetes.io/instance': 'guichet-observability',
        'app.kubernetes.io/part-of': 'guichet-observability',
      },
    },
    policyTypes: ['Ingress', 'Egress'],
  });
  expect(policiesOf(await render(set('networkPolicy.enabled=false')))).toEqual([]);
});

test('whoever may ask is heard, and whoever is heard may ask', async () => {
  const objects = await render([]);
  expect(ways(objects, 'egress')).toEqual(ways(objects, 'ingress'));
  expect(ways(objects, 'ingress')).toContain('collector -> jaeger:otlp-http');
  expect(ways(objects, 'ingress')).not.toContain('loki -> jaeger:web');
});

test('pods of Guichet send spans to the collector, and come in nowhere else', async () => {
  const objects = await render([]);
  const hearing = policiesOf(objects).filter(({ spec }) =>
    JSON.stringify(spec.ingress ?? []).includes('"kubernetes.io/metadata.name":"guichet"'),
  );
  expect(hearing.map(({ metadata }) => metadata.name)).toEqual(['guichet-collector']);
});

test('the internet is open to who has something there', async () => {
  const outward = async (part: string, ...values: string[]) =>
    JSON.stringify(policyOf(await render(set(...values)), part).egress).includes('"port":587');
  expect(await outward('alertmanager', 'drill=false')).toBe(false);
  const slack = 'alertmanager.existingSecret=keys,alertmanager.receivers.slack.enabled=true';
  expect(await outward('alertmanager', slack)).toBe(true);
  expect(await outward('loki', 'drill=false')).toBe(false);
});

test('a reader of one’s own comes in at pages and metrics', async () => {
  const selector = 'networkPolicy.readers[0].namespaceSelector.matchLabels.team=watch';
  const objects = await render(set(selector));
  expect(policyOf(objects, 'collector-agent').ingress).toContainEqual({
    from: [{ namespaceSelector: { matchLabels: { team: 'watch' } } }],
    ports: [{ port: 'metrics' }, { port: 'node' }],
  });
});
