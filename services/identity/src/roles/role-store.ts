import { type Permission, permissionSchema } from '@guichet/contracts/permissions';
import { Refusal } from '@guichet/contracts/refusal';
import type { Queryable } from '@guichet/postgres/pool';
import { breaks } from '../constraint.ts';
import type { Role, RoleRefusal } from './role.ts';

type Row = { code: string; permissions: string[] };

/** A permission that no longer exists gives nothing. */
const roleOf = ({ code, permissions }: Row): Role => ({
  code,
  permissions: permissionSchema.options.filter((known) => permissions.includes(known)),
  builtIn: false,
});

export const roleStore = (db: Queryable) => ({
  async list(organiserId: string): Promise<Role[]> {
    const { rows } = await db.query<Row>(
      'select code, permissions from roles where organiser_id = $1 order by code',
      [organiserId],
    );
    return rows.map(roleOf);
  },

  async find(organiserId: string, code: string): Promise<Role | undefined> {
    const { rows } = await db.query<Row>(
      'select code, permissions from roles where organiser_id = $1 and code = $2',
      [organiserId, code],
    );
    return rows[0] && roleOf(rows[0]);
  },

  /** Creates the role or gives it other permissions, and answers its version. */
  async define(
    organiserId: string,
    code: string,
    permissions: readonly Permission[],
  ): Promise<number> {
    const { rows } = await db.query<{ version: number }>(
      `insert into roles as r (organiser_id, code, permissions) values ($1, $2, $3)
       on conflict (organiser_id, code)
       do update set permissions = excluded.permissions, version = r.version + 1
       returning version`,
      [organiserId, code, permissions],
    );
    return (rows[0] as { version: number }).version;
  },

  /** A role that somebody has cannot go: the foreign key of employments says so, at any moment. */
  async remove(organiserId: string, code: string): Promise<number | undefined> {
    try {
      const { rows } = await db.query<{ version: number }>(
        `delete from roles where organiser_id = $1 and code = $2
         returning version + 1 as version`,
        [organiserId, code],
      );
      return rows[0]?.version;
    } catch (cause) {
      if (!breaks(cause, 'employments_role_exists')) throw cause;
      throw new Refusal<RoleRefusal>('role_in_use', 'Somebody has this role. Change theirs first.');
    }
  },
});
