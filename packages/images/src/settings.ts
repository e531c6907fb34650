import { CannotBuild } from './cannot-build.ts';

export type Settings = {
  /** What stands before the name: `guichet`, or a registry and a folder of it. */
  readonly registry: string;
  readonly tag: string;
  readonly baseImage: string | undefined;
  /** Where the sources are published; a label of the images. */
  readonly source: string | undefined;
  /** The images that are asked for; all, where none is named. */
  readonly only: readonly string[];
  readonly clusterKit: string | undefined;
  readonly kindCluster: string;
};

/** What the targets of the Makefile take: `make images TAG=v2 ONLY=reservation`. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const { TAG, REGISTRY, BASE_IMAGE, SOURCE, ONLY, CLUSTER_KIT, KIND_CLUSTER } = env;
  const tag = TAG || 'dev';
  const registry = (REGISTRY || 'guichet').replace(/\/+$/, '');
  if (!/^\w[\w.-]{0,127}$/.test(tag)) {
    throw new CannotBuild(`TAG is "${tag}"; a tag is letters, digits, dots, dashes: TAG=v1.2.3.`);
  }
  if (!/^[a-z0-9][a-z0-9._:/-]*$/.test(registry)) {
    throw new CannotBuild(
      `REGISTRY is "${registry}"; it is a prefix such as registry.example/guichet.`,
    );
  }
  return {
    registry,
    tag,
    baseImage: BASE_IMAGE || undefined,
    source: SOURCE || undefined,
    only: (ONLY ?? '').split(/[\s,]+/).filter(Boolean),
    clusterKit: CLUSTER_KIT || undefined,
    kindCluster: KIND_CLUSTER || 'guichet',
  };
}

/** Those of the images that ONLY names; all but those that wait to be named, where it names none. */
export function chosen<T extends { readonly name: string; readonly onlyWhenNamed?: true }>(
  images: readonly T[],
  only: readonly string[],
): readonly T[] {
  const unknown = only.find((name) => !images.some((image) => image.name === name));
  if (unknown) {
    throw new CannotBuild(
      `ONLY names ${unknown}; the images are ${images.map(({ name }) => name).join(', ')}.`,
    );
  }
  return images.filter(({ name, onlyWhenNamed }) =>
    only.length === 0 ? !onlyWhenNamed : only.includes(name),
  );
}
