import { expect, test } from 'vitest';
import { buildOnce } from './build-once.ts';
import type { Builder, ToBuild } from './builder.ts';

/** A store of images as Docker and buildah have one: ids with labels, and names for some of them. */
function createStore() {
  const images = new Map<string, Readonly<Record<string, string>>>();
  const names = new Map<string, string>();
  const builder: Builder = {
    name: 'buildah',
    async build({ reference, labels }) {
      const id = `id-${images.size + 1}`;
      images.set(id, labels);
      names.set(reference, id);
    },
    pull: async () => {},
    idOf: async (reference) => names.get(reference),
    withLabel: async (label, value) =>
      [...images].find(([, labels]) => labels[label] === value)?.[0],
    async tag(id, reference) {
      names.set(reference, id);
    },
    async remove(image) {
      const id = names.get(image) ?? image;
      names.delete(image);
      if (![...names.values()].includes(id)) images.delete(id);
    },
    trial: async () => '',
    sizeOf: async () => 1,
  };
  return { builder, images, names };
}

const shop: ToBuild = {
  reference: 'guichet/shop:dev',
  dockerfile: 'Dockerfile',
  context: '.',
  labels: {},
  madeAt: 0,
};
const prepare = async () => {};
const refuseToPrepare = async () => {
  throw new Error('prepared in vain');
};

test('what is built of the same is not built again', async () => {
  const { builder, images } = createStore();

  expect(await buildOnce(builder, shop, { key: 'a', prepare })).toBe('built');
  expect(await buildOnce(builder, shop, { key: 'a', prepare: refuseToPrepare })).toBe('unchanged');
  expect(images.size).toBe(1);
});

test('another tag of the same is another name of the same image', async () => {
  const { builder, names } = createStore();
  const next = { ...shop, reference: 'guichet/shop:v2' };

  await buildOnce(builder, shop, { key: 'a', prepare });
  await buildOnce(builder, next, { key: 'a', prepare: refuseToPrepare });

  expect(names.get('guichet/shop:v2')).toBe(names.get('guichet/shop:dev'));
});

test('an image that lost its name to a newer one is removed, and one with another name is not', async () => {
  const { builder, images, names } = createStore();
  await buildOnce(builder, shop, { key: 'a', prepare });
  await buildOnce(builder, shop, { key: 'b', prepare });
  expect([...images.keys()]).toEqual([names.get('guichet/shop:dev')]);

  await builder.tag(names.get('guichet/shop:dev') ?? '', 'guichet/shop:v1');
  await buildOnce(builder, shop, { key: 'c', prepare });
  expect(images.has(names.get('guichet/shop:v1') ?? '')).toBe(true);
});

test('an image that fails its check does not keep the name, so the next build makes it anew', async () => {
  const { builder, names } = createStore();
  const check = async () => {
    throw new Error('does not start');
  };

  await expect(buildOnce(builder, shop, { key: 'a', prepare, check })).rejects.toThrow(
    'does not start',
  );
  expect(names.has('guichet/shop:dev')).toBe(false);
  expect(await buildOnce(builder, shop, { key: 'a', prepare })).toBe('built');
});
