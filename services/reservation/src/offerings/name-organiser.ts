import type { Pool } from '@guichet/postgres/pool';
import { type KnownOrganiser, organiserStore } from './organiser-store.ts';

/** Asks catalog for an organiser; `undefined` where there is none. */
export type AskOrganiser = (organiserId: string) => Promise<KnownOrganiser | undefined>;

/**
 * What an organiser is called, as catalog last told it; one that has told nothing since organisers
 * are kept here is asked for once.
 */
export const nameOrganiser =
  ({ pool, askOrganiser }: { pool: Pool; askOrganiser: AskOrganiser }) =>
  async (id: string): Promise<string> => {
    const organisers = organiserStore(pool);
    const known = await organisers.findName(id);
    if (known !== undefined) return known;

    const organiser = await askOrganiser(id);
    if (!organiser) throw new Error(`organiser ${id} of a booking is unknown`);
    await organisers.keep(organiser);
    return organiser.name;
  };
export type NameOrganiser = ReturnType<typeof nameOrganiser>;
