import { backingImages } from './backing/backing-images.ts';
import { buildAll } from './build-all.ts';
import { findBuilder } from './builder/builder.ts';
import { repository } from './repository.ts';
import { buildRootImage } from './root/build-root-image.ts';
import { saying } from './saying.ts';
import { chosen, readSettings } from './settings.ts';

await saying(async (say) => {
  const settings = readSettings();
  const images = chosen(backingImages, settings.only);
  const builder = await findBuilder();
  await buildAll(images, {
    builder,
    referenceOf: ({ name, tag }) => `${settings.registry}/${name}:${tag}`,
    build: (image) => buildRootImage(repository, image, { builder, settings }),
    say,
  });
});
