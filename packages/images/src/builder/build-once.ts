import { keyOf } from '../content-key.ts';
import { contentLabel } from '../labels.ts';
import type { Builder, ToBuild } from './builder.ts';

type Steps = {
  readonly key: string;
  /** Makes what the Dockerfile copies. */
  readonly prepare: () => Promise<void>;
  /** Throws if the image must not be used; it then does not keep its name. */
  readonly check?: () => Promise<void>;
};

/**
 * Builds an image unless one of the same content is here, which then only gets the name; says which.
 */
export async function buildOnce(
  builder: Builder,
  image: ToBuild,
  { key, prepare, check }: Steps,
): Promise<'built' | 'unchanged'> {
  const content = keyOf(key, JSON.stringify([image.args, image.labels]));
  const before = await builder.idOf(image.reference);
  const same = await builder.withLabel(contentLabel, content);
  if (same) {
    if (same !== before) await builder.tag(same, image.reference);
  } else {
    await prepare();
    await builder.build({ ...image, labels: { ...image.labels, [contentLabel]: content } });
    await check?.().catch(async (error: unknown) => {
      await builder.remove(image.reference);
      throw error;
    });
  }
  // What had the name and has none any more would only fill the disk.
  if (before && before !== (await builder.idOf(image.reference))) await builder.remove(before);
  return same ? 'unchanged' : 'built';
}
