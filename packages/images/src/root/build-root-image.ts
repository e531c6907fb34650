import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildOnce } from '../builder/build-once.ts';
import type { Builder } from '../builder/builder.ts';
import { keyOf, keyOfFolder } from '../content-key.ts';
import { labelsOf } from '../labels.ts';
import { revisionOf } from '../revision.ts';
import type { Settings } from '../settings.ts';
import type { RootImage } from './root-image.ts';

/** What every root has: the user that it is run as, by a name, and a place for what is temporary. */
function addUser(root: string): void {
  mkdirSync(join(root, 'etc'), { recursive: true });
  const files = {
    passwd: 'root:x:0:0::/:\nguichet:x:65532:65532::/tmp:\n',
    group: 'root:x:0:\nguichet:x:65532:\n',
    'nsswitch.conf': 'hosts: files dns\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'etc', name), text);
  mkdirSync(join(root, 'tmp'), { recursive: true });
  chmodSync(join(root, 'tmp'), 0o1777);
}

const programs = ['.', '../backing', '../base'].map((folder) => join(import.meta.dirname, folder));

/**
 * Builds such an image, or finds that it is built; says which. That Debian has a newer package is no
 * reason to build it again: remove the image for that.
 */
export async function buildRootImage(
  repository: string,
  { name, tag, folder, inputs, fill }: RootImage,
  { builder, settings: { registry, source } }: { builder: Builder; settings: Settings },
): Promise<'built' | 'unchanged'> {
  const own = join(repository, 'packages/images', folder);
  const context = join(repository, 'dist/roots', name);
  const revision = await revisionOf(repository, [own, ...programs]);

  const prepare = async () => {
    const root = join(context, 'root');
    rmSync(context, { recursive: true, force: true });
    mkdirSync(root, { recursive: true });
    await fill(root);
    addUser(root);
    if (existsSync(join(own, 'files'))) cpSync(join(own, 'files'), root, { recursive: true });
  };
  const outcome = await buildOnce(
    builder,
    {
      reference: `${registry}/${name}:${tag}`,
      dockerfile: join(own, 'Dockerfile'),
      context,
      labels: labelsOf({ name, version: tag, source, revision }),
      madeAt: revision?.at ?? 0,
    },
    { key: keyOf(inputs, keyOfFolder(own), ...programs.map(keyOfFolder)), prepare },
  );
  // Megabytes that the image has now, and that can be made again.
  rmSync(context, { recursive: true, force: true });
  return outcome;
}
