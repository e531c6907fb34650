import type { Queryable } from '@guichet/postgres/pool';

type Row = { organiserId: string; role: string; permissions: string[] | null };

/** Employments that count now: of whoever is not disabled, with what an own role allows. */
const active = `select e.organiser_id as "organiserId", e.role, r.permissions
                  from employments e
                  left join roles r on r.organiser_id = e.organiser_id and r.code = e.own_role
                 where e.account_id = $1 and not e.disabled`;

export const employmentStore = (db: Queryable) => ({
  async list(accountId: string): Promise<Row[]> {
    const { rows } = await db.query<Row>(`${active} order by e.organiser_id`, [accountId]);
    return rows;
  },

  async find(accountId: string, organiserId: string): Promise<Row | undefined> {
    const { rows } = await db.query<Row>(`${active} and e.organiser_id = $2`, [
      accountId,
      organiserId,
    ]);
    return rows[0];
  },

  /** In order, so that two changes that touch the same people never wait for each other. */
  async listHolders(organiserId: string, role: string): Promise<string[]> {
    const { rows } = await db.query<{ id: string }>(
      `select account_id as id from employments
        where organiser_id = $1 and role = $2 order by account_id`,
      [organiserId, role],
    );
    return rows.map(({ id }) => id);
  },
});
