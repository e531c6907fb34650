import { z } from 'zod';
import { idParams, idSchema } from './ids.ts';
import { mostPictures, pictureView } from './offerings.ts';
import { operation } from './operation.ts';
import { changeOf, localisedOf } from './shapes.ts';

/** What there is of each picture: its width at most in pixels, and its format. */
export const pictureVariants = [
  '480.avif',
  '960.avif',
  '1600.avif',
  '960.webp',
  '1200.jpg',
] as const;
export const pictureVariantSchema = z.enum(pictureVariants);
export type PictureVariant = z.infer<typeof pictureVariantSchema>;

const mediaTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;

/** The picture comes after those that are there; a PATCH then says what is in it. */
export const addPicture = operation({
  id: 'addPicture',
  service: 'catalog',
  method: 'post',
  path: '/api/offerings/{id}/pictures',
  summary: 'Add a picture to an offering',
  access: { permission: 'offerings:write' },
  idempotency: 'accepted',
  params: idParams,
  body: { raw: mediaTypes, limitBytes: 10_485_760 },
  responses: { 201: pictureView },
  refusals: [
    'offering_not_found',
    'picture_unreadable',
    'picture_too_large',
    'too_many_pictures',
    'pictures_busy',
  ],
});

export const changePictureBody = changeOf(
  z.strictObject({
    alt: localisedOf(500).optional(),
    /** Its place among the pictures of its offering; 0 is the cover. */
    position: z
      .int()
      .min(0)
      .max(mostPictures - 1)
      .optional(),
  }),
);
export type ChangePicture = z.infer<typeof changePictureBody>;

export const changePicture = operation({
  id: 'changePicture',
  service: 'catalog',
  method: 'patch',
  path: '/api/pictures/{id}',
  summary: 'Say what is in a picture, or move it among its offering’s',
  access: { permission: 'offerings:write' },
  idempotency: 'accepted',
  params: idParams,
  body: changePictureBody,
  responses: { 200: pictureView },
  refusals: ['picture_not_found'],
});

export const removePicture = operation({
  id: 'removePicture',
  service: 'catalog',
  method: 'delete',
  path: '/api/pictures/{id}',
  summary: 'Remove a picture from its offering, and its files',
  access: { permission: 'offerings:write' },
  idempotency: 'accepted',
  params: idParams,
  responses: { 204: null },
  refusals: ['picture_not_found'],
});

/** The files of a picture never change: caches may keep them for good. */
export const pictureFile = operation({
  id: 'pictureFile',
  service: 'catalog',
  method: 'get',
  path: '/api/pictures/{id}/{variant}',
  summary: 'A picture in one size and format',
  access: 'public',
  params: z.strictObject({ id: idSchema, variant: pictureVariantSchema }),
  responses: { 200: { mediaType: 'image/*' } },
  refusals: ['picture_not_found'],
});

export const pictureOperations = [addPicture, changePicture, removePicture, pictureFile] as const;
