import type { Queryable } from '@guichet/postgres/pool';

/** What reservation keeps of an organiser. */
export type KnownOrganiser = { id: string; name: string; version: number };

export const organiserStore = (db: Queryable) => ({
  /** Keeps what catalog says of an organiser, unless something newer is known. */
  async keep({ id, name, version }: KnownOrganiser): Promise<void> {
    await db.query(
      `insert into organisers (id, name, version) values ($1, $2, $3)
       on conflict (id) do update set name = excluded.name, version = excluded.version
        where organisers.version < excluded.version
           or organisers.version = 0 and excluded.version = 0`,
      [id, name, version],
    );
  },

  async findName(id: string): Promise<string | undefined> {
    const { rows } = await db.query<{ name: string }>('select name from organisers where id = $1', [
      id,
    ]);
    return rows[0]?.name;
  },
});
