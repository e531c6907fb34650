import { setTimeout as sleep } from 'node:timers/promises';
import type { Seeded } from '../../seeded.ts';
import type { House } from '../house.ts';
import { createBuyer } from './buyer.ts';
import type { Recorder } from './recorder.ts';
import type { Sale } from './sale.ts';
import { visit } from './walk.ts';

export type Crowd = {
  /** From now on they want these slots. */
  want(slotIds: readonly string[]): void;
  /** Nobody comes any more; answers when everybody has gone. */
  leave(): Promise<void>;
};

/** So many buyers at once, each with chances of their own, who come again and again. */
export function startCrowd({
  size,
  house,
  sale,
  recorder,
  seed,
}: {
  size: number;
  house: Pick<House, 'doors' | 'world'>;
  sale: Sale;
  recorder: Recorder;
  seed: Seeded;
}): Crowd {
  let wanted = sale.slotIds;
  let isOver = false;

  const come = async (client: number): Promise<void> => {
    const own = seed.branch();
    const buyer = createBuyer({ client, house, recorder, seed: own });
    while (!isOver) {
      await sleep(own.between(100, 3_000));
      if (!isOver) await visit(buyer, own, sale, own.oneOf(wanted));
    }
  };
  const coming = Array.from({ length: size }, (_, nth) => come(nth + 1));

  return {
    want(slotIds) {
      wanted = slotIds;
    },
    async leave() {
      isOver = true;
      await Promise.all(coming);
    },
  };
}
