import { appImages } from './app-images.ts';
import { provideBase } from './base/provide-base.ts';
import { buildAll } from './build-all.ts';
import { buildAppImage } from './build-app-image.ts';
import { findBuilder } from './builder/builder.ts';
import { repository } from './repository.ts';
import { saying } from './saying.ts';
import { chosen, readSettings } from './settings.ts';

await saying(async (say) => {
  const settings = readSettings();
  const images = chosen(appImages, settings.only);
  const builder = await findBuilder();
  const base = await provideBase(repository, builder, settings);
  await buildAll(images, {
    builder,
    referenceOf: ({ name }) => `${settings.registry}/${name}:${settings.tag}`,
    build: (image) => buildAppImage(repository, image, { builder, base, settings }),
    say,
  });
});
