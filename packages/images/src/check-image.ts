import type { AppImage } from './app-images.ts';
import type { Builder } from './builder/builder.ts';
import { CannotBuild } from './cannot-build.ts';

/** Unpacked, base included: about half of it is Node. */
const mostMegabytes = 250;

/**
 * Refuses an image that has outgrown its size, or whose program does not come as far as to name the
 * settings that it lacks: everything that it imports is loaded by then, native addons too.
 */
export async function checkImage(
  builder: Builder,
  { name, complains }: AppImage,
  reference: string,
): Promise<void> {
  const size = await builder.sizeOf(reference);
  if (size > mostMegabytes) {
    throw new CannotBuild(
      `The image of ${name} has ${size} MB, and ${mostMegabytes} MB is the most: look in dist/images/${name} for what does not belong there (du -s node_modules/* | sort -n).`,
    );
  }
  if (!complains) return;
  const said = await builder.trial(reference);
  if (!said.includes(complains)) {
    throw new CannotBuild(`The image of ${name} does not start. It said:\n${said}`);
  }
}
