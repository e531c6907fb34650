import {
  listRoles as listRolesOperation,
  removeRole as removeRoleOperation,
  setRole as setRoleOperation,
} from '@guichet/contracts/employees';
import type { Routes } from '@guichet/http/routes';
import type { ListRoles } from './list-roles.ts';
import type { RemoveRole } from './remove-role.ts';
import type { RoleRefusal } from './role.ts';
import type { SetRole } from './set-role.ts';

export const statusOfRoleRefusal = {
  role_not_found: 404,
  role_built_in: 409,
  role_in_use: 409,
  role_above_own: 403,
} satisfies Record<RoleRefusal, number>;

export function roleRoutes(
  routes: Routes,
  deps: { listRoles: ListRoles; setRole: SetRole; removeRole: RemoveRole },
): void {
  routes.on(listRolesOperation, async ({ subject, res }) => {
    res.json({ items: await deps.listRoles(subject.organiserId) });
  });

  routes.on(setRoleOperation, async ({ params, body, subject, res }) => {
    res.json(await deps.setRole(subject, params.code, body.permissions));
  });

  routes.on(removeRoleOperation, async ({ params, subject, res }) => {
    await deps.removeRole(subject, params.code);
    res.status(204).end();
  });
}
