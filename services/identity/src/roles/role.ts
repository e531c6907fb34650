import { builtInRoles, type Permission } from '@guichet/contracts/permissions';
import { Refusal } from '@guichet/contracts/refusal';

/** What an employee of one organiser may do, under a name. */
export type Role = { code: string; permissions: readonly Permission[]; builtIn: boolean };

export type RoleRefusal = 'role_not_found' | 'role_built_in' | 'role_in_use' | 'role_above_own';

export const builtIn: readonly Role[] = Object.entries(builtInRoles).map(([code, permissions]) => ({
  code,
  permissions,
  builtIn: true,
}));

export const findBuiltIn = (code: string): Role | undefined =>
  builtIn.find((role) => role.code === code);

export const roleNotFound = () =>
  new Refusal<RoleRefusal>('role_not_found', 'The organiser has no such role.');

/** Nobody gives, takes or shapes what they may not do themselves: else a role could grow by itself. */
export function refuseAboveOwn(
  own: readonly Permission[],
  ...concerned: readonly (readonly Permission[])[]
): void {
  const missing = concerned.flat().filter((permission) => !own.includes(permission));
  if (missing.length === 0) return;
  throw new Refusal<RoleRefusal>(
    'role_above_own',
    `This role may do what you may not: ${[...new Set(missing)].join(', ')}.`,
  );
}
