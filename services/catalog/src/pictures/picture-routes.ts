import {
  addPicture as addPictureOperation,
  changePicture as changePictureOperation,
  pictureFile,
  removePicture as removePictureOperation,
} from '@guichet/contracts/pictures';
import type { Routes } from '@guichet/http/service-app';
import type { addPicture } from './add-picture.ts';
import type { changePicture } from './change-picture.ts';
import { type PictureRefusal, pictureNotFound } from './picture.ts';
import type { PictureStore } from './picture-store.ts';
import type { removePicture } from './remove-picture.ts';

export const statusOfPictureRefusal = {
  picture_not_found: 404,
  picture_unreadable: 422,
  picture_too_large: 422,
  too_many_pictures: 409,
  pictures_busy: 503,
} satisfies Record<PictureRefusal, number>;

/** A file is never another under the same address, so a cache need never ask again. */
const fileHeaders = {
  'cache-control': 'public, max-age=31536000, immutable',
  'x-content-type-options': 'nosniff',
};

export type PictureActions = {
  pictures: PictureStore;
  addPicture: ReturnType<typeof addPicture>;
  changePicture: ReturnType<typeof changePicture>;
  removePicture: ReturnType<typeof removePicture>;
};

export function pictureRoutes(
  routes: Routes,
  { pictures, addPicture, changePicture, removePicture }: PictureActions,
): void {
  routes.on(addPictureOperation, async ({ params, body, subject, res }) => {
    const picture = await addPicture(subject.organiserId, params.id, body);

    res.status(201).json(picture);
  });

  routes.on(changePictureOperation, async ({ params, body, subject, res }) => {
    res.json(await changePicture(subject.organiserId, params.id, body));
  });

  routes.on(removePictureOperation, async ({ params, subject, res }) => {
    await removePicture(subject.organiserId, params.id);

    res.status(204).end();
  });

  routes.on(pictureFile, async ({ params: { id, variant }, res }) => {
    const bytes = await pictures.findBytes(id, variant);
    if (!bytes) throw pictureNotFound();

    res.set(fileHeaders).type(variant).send(bytes);
  });
}
