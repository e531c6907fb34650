import type { k8s } from 'cdk8s-plus-27';
import { objectsOf } from './guichet-chart.ts';
import { readValues } from './values/read-values.ts';

export type Manifest = {
  kind: string;
  metadata: { name: string; labels: Record<string, string> };
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it looks at
  spec: any;
  data?: Record<string, string>;
};
export const render = (over: unknown = {}) =>
  objectsOf({
    name: 'guichet',
    namespace: 'guichet',
    values: readValues([], over),
  }) as unknown as Manifest[];
export const ofKind = (objects: readonly Manifest[], kind: string) =>
  objects.filter((object) => object.kind === kind);
export const named = (objects: readonly Manifest[], kind: string, name: string) => {
  const found = ofKind(objects, kind).find(({ metadata }) => metadata.name === `guichet-${name}`);
  if (!found) throw new Error(`There is no ${kind} guichet-${name}.`);
  return found;
};
export const podsOf = (objects: readonly Manifest[]): k8s.PodSpec[] =>
  objects.flatMap(({ spec }) => (spec?.template?.spec ? [spec.template.spec] : []));
