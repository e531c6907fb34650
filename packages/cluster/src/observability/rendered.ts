import { parseAllDocuments } from 'yaml';
import { kitEnvironment, kitFolder } from '../cluster/kit.ts';
import { inRepository } from '../repository.ts';
import { createTools } from '../tools.ts';

export type KubeObject = {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Record<string, string>;
  };
  // biome-ignore lint/suspicious/noExplicitAny: as many shapes as there are kinds
  readonly [field: string]: any;
};

const kit = kitFolder();
/** Of the kit, where it is named; else what is on the PATH. */
export const tools = createTools({ ...process.env, ...(kit && (await kitEnvironment(kit))) });

export const chart = inRepository('charts/guichet-observability');
export const valuesOf = (name: string) => ['-f', `${chart}/values-${name}.yaml`];
export const set = (...pairs: string[]) => pairs.flatMap((pair) => ['--set', pair]);

/** What `helm template` makes of the chart, or of a copy of it. */
export async function render(args: readonly string[], from = chart): Promise<KubeObject[]> {
  const rendering = ['template', 'guichet-observability', from, '-n', 'monitoring', ...args];
  return parseAllDocuments(await tools.helm(...rendering))
    .map((document) => document.toJS() as KubeObject | null)
    .filter((object) => object !== null);
}

export const ofKind = (objects: readonly KubeObject[], ...kinds: string[]) =>
  objects.filter(({ kind }) => kinds.includes(kind));
export const workloadsOf = (objects: readonly KubeObject[]) =>
  ofKind(objects, 'Deployment', 'StatefulSet', 'DaemonSet');

/** The files of a ConfigMap; throws where there is none. */
export function filesOf(objects: readonly KubeObject[], name: string): Record<string, string> {
  const found = ofKind(objects, 'ConfigMap').find(({ metadata }) => metadata.name === name);
  if (!found) throw new Error(`There is no ConfigMap ${name}.`);
  return found.data ?? {};
}
