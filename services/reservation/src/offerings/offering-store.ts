import type { Fare, Venue } from '@guichet/contracts/offering-parts';
import type { Localised } from '@guichet/contracts/shapes';
import type { Queryable } from '@guichet/postgres/pool';

/** What reservation keeps of an offering. */
export type KnownOffering = {
  id: string;
  organiserId: string;
  status: 'draft' | 'published' | 'withdrawn';
  title: Localised;
  venue: Venue;
  /** What they are called is all that is kept; none where they have not been told yet. */
  fares: readonly Pick<Fare, 'code' | 'name'>[];
  version: number;
};

export const offeringStore = (db: Queryable) => ({
  /** Keeps what catalog says of an offering, unless something newer is known. */
  async keep(offering: KnownOffering): Promise<void> {
    const { id, organiserId, status, title, venue, fares, version } = offering;
    const names = fares.map(({ code, name }) => ({ code, name }));
    await db.query(
      `insert into offerings (id, organiser_id, status, title, venue, fares, version)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (id) do update
          set status = excluded.status, title = excluded.title, venue = excluded.venue,
              fares = excluded.fares, version = excluded.version
        where offerings.version < excluded.version`,
      [id, organiserId, status, title, venue, JSON.stringify(names), version],
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
      `select id, organiser_id as "organiserId", status, title, venue, fares, version
         from offerings where id = $1`,
      [id],
    );
    return rows[0];
  },
});
