import type { Queryable } from '@guichet/postgres/pool';

export type StoredPassKey = {
  kid: number;
  publicKey: Buffer;
  sealedPrivateKey: string;
};

export const passKeyStore = (db: Queryable) => ({
  /** The key that signs now: the newest that has been published for long enough. */
  async findSigning(organiserId: string): Promise<StoredPassKey | undefined> {
    const { rows } = await db.query<StoredPassKey>(
      `select kid, public_key as "publicKey", sealed_private_key as "sealedPrivateKey"
         from pass_keys where organiser_id = $1 and active_from <= now()
        order by active_from desc, kid desc limit 1`,
      [organiserId],
    );
    return rows[0];
  },

  /** Every public half, the one that signs next included. */
  async listPublic(organiserId: string): Promise<{ kid: number; publicKey: Buffer }[]> {
    const { rows } = await db.query<{ kid: number; publicKey: Buffer }>(
      'select kid, public_key as "publicKey" from pass_keys where organiser_id = $1 order by kid',
      [organiserId],
    );
    return rows;
  },

  /** Adds an organiser's first key; of two replicas that try, one does. */
  async insertFirst(
    organiserId: string,
    { publicKey, sealedPrivateKey }: Omit<StoredPassKey, 'kid'>,
  ) {
    await db.query(
      `insert into pass_keys (organiser_id, kid, public_key, sealed_private_key, active_from)
       values ($1, 1, $2, $3, now()) on conflict do nothing`,
      [organiserId, publicKey, sealedPrivateKey],
    );
  },

  /** Organisers whose newest key is older than so many days and who have a `kid` left. */
  async listDue(days: number, atMost: number): Promise<string[]> {
    const { rows } = await db.query<{ organiserId: string }>(
      `select organiser_id as "organiserId" from pass_keys
        group by organiser_id
       having max(active_from) < now() - $1 * interval '1 day' and max(kid) < 255
        limit $2`,
      [days, atMost],
    );
    return rows.map(({ organiserId }) => organiserId);
  },

  /** Publishes the next key of an organiser, if another replica has not; it signs from tomorrow. */
  async insertNext(
    organiserId: string,
    days: number,
    { publicKey, sealedPrivateKey }: Omit<StoredPassKey, 'kid'>,
  ): Promise<void> {
    await db.query(
      `insert into pass_keys (organiser_id, kid, public_key, sealed_private_key, active_from)
       select $1, max(kid) + 1, $3, $4, now() + interval '1 day'
         from pass_keys where organiser_id = $1
       having max(active_from) < now() - $2 * interval '1 day'
           on conflict do nothing`,
      [organiserId, days, publicKey, sealedPrivateKey],
    );
  },
});
