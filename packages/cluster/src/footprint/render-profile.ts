import { parseAllDocuments } from 'yaml';
import { inRepository } from '../repository.ts';
import type { Tools } from '../tools.ts';
import type { Manifest } from './requests.ts';

export const kindProfile = {
  guichet: ['charts/guichet', '-f', 'charts/guichet/values-kind.yaml'],
  'guichet-backing': ['charts/guichet-backing', '-f', 'charts/guichet-backing/values-kind.yaml'],
} as const;

/** Every object of the two charts with their values for a cluster on one machine. */
export async function renderKindProfile(tools: Tools): Promise<Manifest[]> {
  const rendered = await Promise.all(
    Object.entries(kindProfile).map(([release, args]) =>
      tools.run('helm', ['template', release, ...args, '--namespace', 'guichet'], {
        cwd: inRepository(),
      }),
    ),
  );
  return rendered
    .flatMap((text) => parseAllDocuments(text).map((document) => document.toJS()))
    .filter((object) => object !== null)
    .filter(({ metadata }) => !metadata.annotations?.['helm.sh/hook']) as Manifest[];
}
