import type { Builder } from '../builder/builder.ts';
import { CannotBuild } from '../cannot-build.ts';
import { buildRootImage } from '../root/build-root-image.ts';
import type { Settings } from '../settings.ts';
import { nodeBase } from './node-base.ts';

const pulled = 'gcr.io/distroless/nodejs24-debian12:nonroot';

export type Base = { readonly reference: string; readonly id: string };

/**
 * What service images start from: BASE_IMAGE, else one that is made here where images go to a
 * cluster kit, which is where nothing can be pulled, else a public one without a shell.
 */
async function chooseBase(
  repository: string,
  builder: Builder,
  settings: Settings,
): Promise<string> {
  if (settings.baseImage) return settings.baseImage;
  if (builder.name === 'docker' || !settings.clusterKit) return pulled;
  await buildRootImage(repository, nodeBase, { builder, settings });
  return `${settings.registry}/${nodeBase.name}:${nodeBase.tag}`;
}

/** The base, brought here if it is not. Its id is a part of what an image is made of. */
export async function provideBase(
  repository: string,
  builder: Builder,
  settings: Settings,
): Promise<Base> {
  const reference = await chooseBase(repository, builder, settings);
  if (!(await builder.idOf(reference))) {
    await builder.pull(reference).catch((cause: Error) => {
      throw new CannotBuild(
        `The base image ${reference} cannot be pulled: name in BASE_IMAGE one with Node 24 that is here or can be. ${cause.message}`,
        { cause },
      );
    });
  }
  return { reference, id: (await builder.idOf(reference)) ?? reference };
}
