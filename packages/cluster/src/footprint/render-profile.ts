import { parseAllDocuments } from 'yaml';
import { inRepository } from '../repository.ts';
import type { Tools } from '../tools.ts';
import type { Manifest } from './requests.ts';

export const kindProfile = {
  guichet: ['charts/guichet', '-f', 'charts/guichet/values-kind.yaml'],
  'guichet-backing': ['charts/guichet-backing', '-f', 'charts/guichet-backing/values-kind.yaml'],
} as const;

/** What `make deploy OBSERVE=yes` installs besides. */
export const observabilityProfile = [
  'charts/guichet-observability',
  '-f',
  'charts/guichet-observability/values-kind.yaml',
] as const;

const template = (tools: Tools, release: string, args: readonly string[], namespace: string) =>
  tools.run('helm', ['template', release, ...args, '--namespace', namespace], {
    cwd: inRepository(),
  });

/** Every object of the two charts with their values for a cluster on one machine. */
export async function renderKindProfile(tools: Tools): Promise<Manifest[]> {
  return objectsIn(
    await Promise.all(
      Object.entries(kindProfile).map(([release, args]) =>
        template(tools, release, args, 'guichet'),
      ),
    ),
  );
}

/** Those of charts/guichet-observability. */
export const renderObservabilityProfile = async (tools: Tools): Promise<Manifest[]> =>
  objectsIn([await template(tools, 'guichet-observability', observabilityProfile, 'monitoring')]);

function objectsIn(rendered: readonly string[]): Manifest[] {
  return rendered
    .flatMap((text) => parseAllDocuments(text).map((document) => document.toJS()))
    .filter((object) => object !== null)
    .filter(({ metadata }) => !metadata.annotations?.['helm.sh/hook']) as Manifest[];
}
