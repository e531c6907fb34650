import { join } from 'node:path';
import { onPath } from '@guichet/local-stack/providers/on-path';
import { appImages } from './app-images.ts';
import { backingImages } from './backing/backing-images.ts';
import { type Builder, findBuilder } from './builder/builder.ts';
import { CannotBuild } from './cannot-build.ts';
import { inParallel } from './in-parallel.ts';
import { run } from './run.ts';
import { saying } from './saying.ts';
import { chosen, readSettings, type Settings } from './settings.ts';

type Load = (reference: string) => Promise<unknown>;

/** kind where Docker has the images, else the cluster kit. */
async function findLoad({ name }: Builder, { clusterKit, kindCluster }: Settings): Promise<Load> {
  if (name === 'docker' && (await onPath('kind'))) {
    return (reference) => run('kind', ['load', 'docker-image', '--name', kindCluster, reference]);
  }
  if (name === 'buildah' && clusterKit) {
    return (reference) => run(join(clusterKit, 'load'), [reference]);
  }
  throw new CannotBuild(
    name === 'docker'
      ? 'Docker has the images, and kind, which would take them into its cluster, is not on the PATH: install kind, or push the images to your registry (REGISTRY=).'
      : 'buildah has the images, and CLUSTER_KIT does not name the folder of a cluster kit that would take them: set it, or push the images to your registry (REGISTRY=).',
  );
}

await saying(async (say) => {
  const settings = readSettings();
  const { registry, tag, only } = settings;
  const builder = await findBuilder();
  const load = await findLoad(builder, settings);

  const known = [
    ...appImages.map(({ name }) => ({ name, reference: `${registry}/${name}:${tag}` })),
    ...backingImages.map(({ name, tag }) => ({ name, reference: `${registry}/${name}:${tag}` })),
  ];
  const here: string[] = [];
  for (const { reference } of chosen(known, only)) {
    if (await builder.idOf(reference)) here.push(reference);
  }
  if (here.length === 0) {
    throw new CannotBuild(`There is no image ${registry}/…:${tag} here: run make images first.`);
  }
  await inParallel(here, async (reference) => {
    await load(reference);
    say(reference);
  });
});
