/** An image whose whole root is made here, of what package registries have. */
export type RootImage = {
  readonly name: string;
  /** Which version it stands for. */
  readonly tag: string;
  /** Its folder in packages/images: a Dockerfile, and `files`, which go into the root as they are. */
  readonly folder: string;
  /** What decides what `fill` makes, beside our own programs. */
  readonly inputs: string;
  /** Whether it is left out where no image is named. */
  readonly onlyWhenNamed?: true;
  /** Puts its programs into the folder that becomes the root. */
  fill(root: string): Promise<void>;
};
