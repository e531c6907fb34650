import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppImage } from './app-images.ts';
import type { Base } from './base/provide-base.ts';
import { buildOnce } from './builder/build-once.ts';
import type { Builder } from './builder/builder.ts';
import { checkImage } from './check-image.ts';
import { keyOf } from './content-key.ts';
import { labelsOf } from './labels.ts';
import { revisionOf } from './revision.ts';
import type { Settings } from './settings.ts';
import { stage, stagedKey } from './staging/stage.ts';
import { closureOf, productionManifest } from './staging/workspaces.ts';

/** Builds the image of a service, or finds that it is built; says which. */
export async function buildAppImage(
  repository: string,
  image: AppImage,
  {
    builder,
    base,
    settings: { registry, tag, source },
  }: { builder: Builder; base: Base; settings: Settings },
): Promise<'built' | 'unchanged'> {
  const { name, workspace } = image;
  const reference = `${registry}/${name}:${tag}`;
  const dockerfile = join(repository, image.dockerfile);
  const folders = closureOf(repository, workspace).map(({ folder }) => folder);
  const revision = await revisionOf(repository, [
    ...folders,
    image.dockerfile,
    'package-lock.json',
  ]);
  const { version } = productionManifest(join(repository, workspace));

  return buildOnce(
    builder,
    {
      reference,
      dockerfile,
      context: repository,
      args: { BASE_IMAGE: base.reference, SERVICE: name },
      labels: labelsOf({ name, version, source, revision }),
      madeAt: revision?.at ?? 0,
    },
    {
      key: keyOf(base.id, readFileSync(dockerfile, 'utf8'), stagedKey(repository, image)),
      prepare: () => stage(repository, image),
      check: () => checkImage(builder, image, reference),
    },
  );
}
