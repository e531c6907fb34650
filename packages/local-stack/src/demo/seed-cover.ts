import { isDeepStrictEqual } from 'node:util';
import type { Client } from '@guichet/contracts/client';
import type { OfferingView } from '@guichet/contracts/offerings';
import { addPicture, type ChangePicture, changePicture } from '@guichet/contracts/pictures';
import type { Credentials } from './sign-in.ts';

export type Cover = { alt: ChangePicture['alt']; draw: () => Promise<Uint8Array<ArrayBuffer>> };

/** Gives an offering its cover where it has no picture, and the words for it where they lack. */
export async function seedCover(
  api: Client,
  staff: Credentials,
  { id, title, pictures }: OfferingView,
  { alt, draw }: Cover,
): Promise<void> {
  const cover =
    pictures[0] ??
    (await api.call(addPicture, {
      ...staff,
      params: { id },
      body: await draw(),
      mediaType: 'image/png',
    }));
  if (!isDeepStrictEqual(cover.alt, title)) return;
  await api.call(changePicture, { ...staff, params: { id: cover.id }, body: { alt } });
}
