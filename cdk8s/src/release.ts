import type { Chart } from 'cdk8s';
import type { ServiceName } from '../catalogue.ts';
import type { ServiceValues, Values } from './values/values.ts';

/** One installation: what it is called, where, and with which values. */
export type Release = {
  readonly name: string;
  readonly namespace: string;
  readonly values: Values;
};

/** Makes the objects of one kind. */
export type Maker = (chart: Chart, release: Release) => void;

/** Makes those of one service. */
export type ServiceMaker = (chart: Chart, release: Release, name: ServiceName) => void;

export const objectName = ({ name }: Release, component: string) => `${name}-${component}`;

export const selectorOf = ({ name }: Release, component: string) => ({
  'app.kubernetes.io/name': component,
  'app.kubernetes.io/instance': name,
});

export const labelsOf = (release: Release, component: string) => ({
  ...selectorOf(release, component),
  'app.kubernetes.io/part-of': 'guichet',
});

export const metadataOf = (release: Release, component: string) => ({
  name: objectName(release, component),
  namespace: release.namespace,
  labels: labelsOf(release, component),
});

export const valuesOf = ({ values }: Release, name: ServiceName): ServiceValues =>
  values.services[name];

/** A digest goes before a service's own tag, and that before the release's. */
export function imageOf({ values }: Release, name: ServiceName): string {
  const { repository, tag } = values.image;
  const { image } = values.services[name];
  const base = `${repository}/${name}`;
  return image.digest ? `${base}@${image.digest}` : `${base}:${image.tag || tag}`;
}

/** An empty list or map is left out, as Helm's `with` does. */
export const unlessEmpty = <T extends object>(value: T): T | undefined =>
  Object.keys(value).length > 0 ? value : undefined;
