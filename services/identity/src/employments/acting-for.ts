import { type Permission, permissionSchema } from '@guichet/contracts/permissions';
import type { Queryable } from '@guichet/postgres/pool';
import { findBuiltIn } from '../roles/role.ts';
import { type Employment, notEmployed } from './employment.ts';
import { employmentStore } from './employment-store.ts';

type Row = { organiserId: string; role: string; permissions: string[] | null };

const employmentOf = ({ organiserId, role, permissions }: Row): Employment => ({
  organiserId,
  role,
  permissions:
    findBuiltIn(role)?.permissions ??
    permissionSchema.options.filter((known) => permissions?.includes(known)),
});

/** What a person may do for an organiser now; refuses whoever does not work there. */
export async function permissionsAt(
  db: Queryable,
  { accountId, organiserId }: { accountId: string; organiserId: string },
): Promise<readonly Permission[]> {
  const employment = await employmentStore(db).find(accountId, organiserId);
  if (!employment) throw notEmployed();
  return employmentOf(employment).permissions;
}

export async function listEmployments(db: Queryable, accountId: string): Promise<Employment[]> {
  return (await employmentStore(db).list(accountId)).map(employmentOf);
}
