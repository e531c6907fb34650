import { Refusal } from '@guichet/contracts/refusal';
import type { Queryable } from '@guichet/postgres/pool';
import { breaks } from '../constraint.ts';
import { roleNotFound } from '../roles/role.ts';
import type { Employee, EmployeeRefusal } from './employee.ts';

const columns = `e.account_id as id, e.organiser_id as "organiserId", a.email,
                 e.first_name as "firstName", e.last_name as "lastName",
                 e.role, e.disabled`;

/** What the constraints refuse, in the business's words. */
function refusalOf(cause: unknown): unknown {
  if (breaks(cause, 'employments_role_exists')) return roleNotFound();
  if (breaks(cause, 'organisers_keep_an_admin')) {
    return new Refusal<EmployeeRefusal>(
      'last_admin',
      'The organiser needs an admin. Name another.',
    );
  }
  return cause;
}

const refusing = async <T>(statement: Promise<T>): Promise<T> => {
  try {
    return await statement;
  } catch (cause) {
    throw refusalOf(cause);
  }
};

type Key = { organiserId: string; id: string };

export const employeeStore = (db: Queryable) => ({
  async list(organiserId: string, page: { after: string | null; limit: number }) {
    const { rows } = await db.query<Employee>(
      `select ${columns}
         from employments e join accounts a on a.id = e.account_id
        where e.organiser_id = $1 and ($2::uuid is null or e.account_id > $2)
        order by e.account_id
        limit $3`,
      [organiserId, page.after, page.limit],
    );
    return rows;
  },

  /** The employee as they are, kept so until the end of the transaction. */
  async findToChange({ organiserId, id }: Key): Promise<Employee | undefined> {
    const { rows } = await db.query<Employee>(
      `select ${columns}
         from employments e join accounts a on a.id = e.account_id
        where e.organiser_id = $1 and e.account_id = $2
          for update of e`,
      [organiserId, id],
    );
    return rows[0];
  },

  /** Says whether it did: whoever works there already is not hired again. */
  async hire(employee: Omit<Employee, 'email' | 'disabled'>): Promise<boolean> {
    const { rowCount } = await refusing(
      db.query(
        `insert into employments (organiser_id, account_id, first_name, last_name, role)
         values ($1, $2, $3, $4, $5)
         on conflict (organiser_id, account_id) do nothing`,
        [employee.organiserId, employee.id, employee.firstName, employee.lastName, employee.role],
      ),
    );
    return rowCount === 1;
  },

  async assign({ organiserId, id, role, disabled }: Employee): Promise<void> {
    await refusing(
      db.query(
        `update employments set role = $3, disabled = $4
          where organiser_id = $1 and account_id = $2`,
        [organiserId, id, role, disabled],
      ),
    );
  },

  async dismiss({ organiserId, id }: Key): Promise<void> {
    await refusing(
      db.query('delete from employments where organiser_id = $1 and account_id = $2', [
        organiserId,
        id,
      ]),
    );
  },

  /**
   * Makes the person the organiser's first admin; of one that had an admin before, nothing. The
   * organiser's row outlives its admins, so somebody who was dismissed does not come back.
   */
  async hireFirstAdmin(organiserId: string, accountId: string): Promise<boolean> {
    const { rowCount } = await db.query(
      `insert into employments (organiser_id, account_id, first_name, last_name, role)
       select $1, id, first_name, last_name, 'admin'
         from accounts
        where id = $2 and not exists (select from organisers where id = $1)
       on conflict (organiser_id, account_id) do nothing`,
      [organiserId, accountId],
    );
    return rowCount === 1;
  },
});
