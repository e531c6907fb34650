import type { Pool } from '@guichet/postgres/pool';
import { builtIn, type Role } from './role.ts';
import { roleStore } from './role-store.ts';

export const listRoles =
  ({ pool }: { pool: Pool }) =>
  async (organiserId: string): Promise<Role[]> => [
    ...builtIn,
    ...(await roleStore(pool).list(organiserId)),
  ];
export type ListRoles = ReturnType<typeof listRoles>;
