import { join } from 'node:path';
import { chart, type KubeObject } from './helm.ts';

/** The arguments by which Helm is told of a values file of the chart. */
export const values = (name: string) => ['-f', join(chart, `values-${name}.yaml`)];
export const set = (...pairs: string[]) => pairs.flatMap((pair) => ['--set', pair]);

const profilesByName: Record<string, string[]> = {
  'upstream images': [],
  'kind, upstream images': values('kind'),
  'kind, offline images': [...values('kind'), ...values('offline')],
  'nothing kept': [...values('kind'), ...set('persistence.enabled=false')],
};
/** What the chart is rendered with, by what it is called. */
export const profiles = Object.entries(profilesByName);

// biome-ignore lint/suspicious/noExplicitAny: a pod template has as many shapes as there are fields
type Pod = { where: string; spec: any; labels: Record<string, string> };

export const podsOf = (objects: KubeObject[]): Pod[] =>
  objects.flatMap(({ kind, metadata, spec }) => {
    const where = `${kind} ${metadata.name}`;
    if (kind === 'Pod') return [{ where, spec, labels: metadata.labels ?? {} }];
    if (!spec?.template) return [];
    return [{ where, spec: spec.template.spec, labels: spec.template.metadata.labels }];
  });
export const containersOf = ({ spec }: Pod) => [...(spec.initContainers ?? []), ...spec.containers];
export const ofKind = (objects: KubeObject[], ...kinds: string[]) =>
  objects.filter(({ kind }) => kinds.includes(kind));
export const named = (objects: KubeObject[], kind: string, name: string): KubeObject => {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (!found) throw new Error(`There is no ${kind} ${name}.`);
  return found;
};
export const secretOf = (objects: KubeObject[], name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(named(objects, 'Secret', name).data as Record<string, string>).map(
      ([key, value]) => [key, Buffer.from(value, 'base64').toString()],
    ),
  );

/** `100m` and `192Mi` as thousandths of a core and as MiB. */
export const milli = (cpu: string) => Number(cpu.replace(/m$/, ''));
export const mebi = (memory: string) =>
  memory.endsWith('Gi') ? 1_024 * Number.parseInt(memory, 10) : Number.parseInt(memory, 10);
