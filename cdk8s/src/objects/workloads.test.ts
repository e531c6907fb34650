import { expect, test } from 'vitest';
import { named, ofKind, render } from '../manifests-test.ts';

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
