import type { Seeded } from '../../seeded.ts';
import type { House } from '../house.ts';

/** Something that goes wrong, and is over when this resolves. */
export type Fault = {
  readonly name: string;
  readonly happen: (house: House, seed: Seeded) => Promise<void>;
};
