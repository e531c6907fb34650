import { parseAllDocuments } from 'yaml';
import { inRepository } from '../repository.ts';
import type { Tools } from '../tools.ts';
import type { Manifest } from './requests.ts';

export const kindProfile = {
  guichet: ['charts/guichet', '-f', 'charts/guichet/values-kind.yaml'],
  'guichet-backing': ['charts/guichet-backing', '-f', 'charts/guichet-backing/values-kind.yaml'],
} as const;

/** Besides, where nothing can be pulled: other images, and what they cannot do. */
export const offlineBacking = ['-f', 'charts/guichet-backing/values-offline.yaml'] as const;

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

/** Every object of the two charts with their values for a cluster on one machine, as it is installed there. */
export async function renderKindProfile(
  tools: Tools,
  { pulls }: { pulls: boolean },
): Promise<Manifest[]> {
  const backing = [...kindProfile['guichet-backing'], ...(pulls ? [] : offlineBacking)];
  return objectsIn(
    await Promise.all([
      template(tools, 'guichet', kindProfile.guichet, 'guichet'),
      template(tools, 'guichet-backing', backing, 'guichet'),
    ]),
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
