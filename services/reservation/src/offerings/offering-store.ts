import type { Venue } from '@guichet/contracts/offerings';
import type { Localised } from '@guichet/contracts/shapes';
import type { Queryable } from '@guichet/postgres/pool';

/** What reservation keeps of an offering. */
export type KnownOffering = {
  id: string;
  organiserId: string;
  status: 'draft' | 'published' | 'withdrawn';
  title: Localised;
  venue: Venue;
  version: number;
};

export const offeringStore = (db: Queryable) => ({
  /** Keeps what catalog says of an offering, unless something newer is known. */
  async keep(offering: KnownOffering): Promise<void> {
    const { id, organiserId, status, title, venue, version } = offering;
    await db.query(
      `insert into offerings (id, organiser_id, status, title, venue, version)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (id) do update
          set status = excluded.status, title = excluded.title, venue = excluded.venue,
              version = excluded.version
        where offerings.version < excluded.version`,
      [id, organiserId, status, title, venue, version],
    );
  },

  /** Notes a withdrawal. An offering that is not known here has no slot to sell. */
  async withdraw(id: string, version: number): Promise<void> {
    await db.query(
      `update offerings set status = 'withdrawn', version = $2 where id = $1 and version < $2`,
      [id, version],
    );
  },

  async find(id: string): Promise<KnownOffering | undefined> {
    const { rows } = await db.query<KnownOffering>(
      `select id, organiser_id as "organiserId", status, title, venue, version
         from offerings where id = $1`,
      [id],
    );
    return rows[0];
  },
});
