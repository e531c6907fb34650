import { expect, test } from 'vitest';
import { chosen, readSettings } from './settings.ts';

test('an image is guichet/<name>:dev, unless it is told otherwise', () => {
  expect(readSettings({})).toMatchObject({ registry: 'guichet', tag: 'dev', only: [] });
  expect(readSettings({ REGISTRY: 'registry.example:5000/shop/', TAG: 'v1.2.3' })).toMatchObject({
    registry: 'registry.example:5000/shop',
    tag: 'v1.2.3',
  });
});

test.for([{ TAG: 'a b' }, { TAG: '-x' }, { REGISTRY: 'Guichet' }, { REGISTRY: '--x' }])(
  '%o is refused',
  (env) => {
    expect(() => readSettings(env)).toThrow(/^(TAG|REGISTRY) is ".*"; /);
  },
);

const images = [{ name: 'catalog' }, { name: 'gateway' }, { name: 'payment' }];

test('ONLY names the images to build', () => {
  const { only } = readSettings({ ONLY: 'payment, catalog' });

  expect(chosen(images, only)).toEqual([{ name: 'catalog' }, { name: 'payment' }]);
  expect(chosen(images, [])).toEqual(images);
});

test('an image that waits to be named is built only then', () => {
  const all = [...images, { name: 'k6', onlyWhenNamed: true as const }];

  expect(chosen(all, [])).toEqual(images);
  expect(chosen(all, ['k6'])).toEqual([{ name: 'k6', onlyWhenNamed: true }]);
});

test('a name in ONLY that no image has is refused, with the names that there are', () => {
  expect(() => chosen(images, ['catalogue'])).toThrow(/catalogue.*catalog, gateway, payment/);
});
