import type { Builder } from './builder/builder.ts';
import { inParallel } from './in-parallel.ts';

/** Builds images side by side, and says of each, as it is done, how large it is and how long it took. */
export const buildAll = <Image extends { readonly name: string }>(
  images: readonly Image[],
  {
    builder,
    referenceOf,
    build,
    say,
  }: {
    builder: Builder;
    referenceOf: (image: Image) => string;
    build: (image: Image) => Promise<'built' | 'unchanged'>;
    say: (line: string) => void;
  },
): Promise<void> =>
  inParallel(images, async (image) => {
    const began = Date.now();
    const outcome = await build(image);
    const seconds = ((Date.now() - began) / 1_000).toFixed(1);
    const size = `${await builder.sizeOf(referenceOf(image))} MB`;
    say(`${referenceOf(image).padEnd(34)} ${size.padStart(8)}  ${outcome} (${seconds} s)`);
  });
