import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { serviceNames } from '../catalogue.ts';
import { skaffoldYaml } from './skaffold.ts';
import { valuesSchema } from './values/values.ts';

const { build, deploy, portForward } = parse(skaffoldYaml());
const guichet = deploy.helm.releases.at(-1);

test('every service is built, gets the tag of its build, and its management port is forwarded', () => {
  const images = build.artifacts.map(({ image }: { image: string }) => image);
  expect(images).toEqual([...serviceNames.map((name) => `guichet/${name}`), 'guichet/stand-ins']);

  expect(Object.keys(guichet.setValueTemplates)).toEqual(
    serviceNames.map((name) => `services.${name}.image.tag`),
  );
  const forwarded = portForward.map(({ resourceName }: { resourceName: string }) => resourceName);
  expect(forwarded).toEqual(serviceNames.map((name) => `guichet-${name}`));
  const local = portForward.map(({ localPort }: { localPort: number }) => localPort);
  expect(new Set(local).size).toBe(serviceNames.length);
});

test('the values that it sets are values of the chart', () => {
  const { services } = valuesSchema.shape;
  for (const path of Object.keys(guichet.setValueTemplates)) {
    const [, service, image, tag] = path.split('.');
    expect(services.shape).toHaveProperty([String(service)]);
    expect(services.shape.gateway.shape.image.shape).toHaveProperty([String(tag)]);
    expect(image).toBe('image');
  }
});
