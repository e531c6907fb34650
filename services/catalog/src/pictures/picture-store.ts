import { type PictureVariant, pictureVariants } from '@guichet/contracts/pictures';
import type { Db } from 'mongodb';
import type { MadePicture, PictureFile } from './picture.ts';

export type PictureStore = ReturnType<typeof pictureStore>;

const idOf = (id: string, variant: PictureVariant) => `${id}/${variant}`;

export const pictureStore = (db: Db) => {
  const pictures = db.collection<PictureFile>('pictures');

  return {
    async insert(
      id: string,
      owner: Pick<PictureFile, 'organiserId' | 'offeringId'>,
      files: MadePicture['files'],
    ): Promise<void> {
      await pictures.insertMany(
        files.map(({ variant, bytes }) => ({ _id: idOf(id, variant), ...owner, bytes })),
      );
    },

    async findBytes(id: string, variant: PictureVariant): Promise<Buffer | undefined> {
      const file = await pictures.findOne({ _id: idOf(id, variant) }, { promoteBuffers: true });
      return file?.bytes;
    },

    findOwner: (id: string) =>
      pictures.findOne<Pick<PictureFile, 'organiserId' | 'offeringId'>>(
        { _id: idOf(id, pictureVariants[0]) },
        { projection: { organiserId: 1, offeringId: 1 } },
      ),

    /** What `findOwner` looks at goes last, so that a removal that broke off can be made again. */
    async remove(id: string): Promise<void> {
      const [first, ...others] = pictureVariants.map((variant) => idOf(id, variant));
      await pictures.deleteMany({ _id: { $in: others } });
      await pictures.deleteOne({ _id: first as string });
    },
  };
};
