import type { Queryable } from '@guichet/postgres/pool';
import { findBuiltIn, type Role, roleNotFound } from './role.ts';
import { roleStore } from './role-store.ts';

/** The role of that name that the organiser has, built in or its own. */
export async function getRole(db: Queryable, organiserId: string, code: string): Promise<Role> {
  const role = findBuiltIn(code) ?? (await roleStore(db).find(organiserId, code));
  if (!role) throw roleNotFound();
  return role;
}
