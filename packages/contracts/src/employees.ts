import { z } from 'zod';
import { idParams, idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { permissionSchema } from './permissions.ts';
import { changeOf, codeSchema, pageOf, pageQuery } from './shapes.ts';

export const employeeView = z.object({
  id: idSchema,
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  role: codeSchema,
  disabled: z.boolean(),
});
export const roleView = z.object({
  code: codeSchema,
  permissions: z.array(permissionSchema),
  builtIn: z.boolean(),
});

const roleParams = z.strictObject({ code: codeSchema });

export const listEmployees = operation({
  id: 'listEmployees',
  service: 'identity',
  method: 'get',
  path: '/api/employees',
  summary: 'Who works for the organiser',
  access: { permission: 'employees:read' },
  query: z.strictObject(pageQuery),
  responses: { 200: pageOf(employeeView) },
});

/** An address without an account gets one, and the e-mail that sets its password. */
export const hireEmployee = operation({
  id: 'hireEmployee',
  service: 'identity',
  method: 'post',
  path: '/api/employees',
  summary: 'Give somebody a role at the organiser',
  access: { permission: 'employees:write' },
  idempotency: 'accepted',
  body: z.strictObject({
    email: z
      .email()
      .max(254)
      .transform((email) => email.toLowerCase()),
    firstName: z.string().trim().min(1).max(100),
    lastName: z.string().trim().min(1).max(100),
    role: codeSchema,
  }),
  responses: { 201: employeeView },
  refusals: ['role_not_found', 'role_above_own', 'already_employed'],
});

export const changeEmployee = operation({
  id: 'changeEmployee',
  service: 'identity',
  method: 'patch',
  path: '/api/employees/{id}',
  summary: 'Change an employee’s role, or disable them',
  access: { permission: 'employees:write' },
  idempotency: 'accepted',
  params: idParams,
  body: changeOf(z.strictObject({ role: codeSchema.optional(), disabled: z.boolean().optional() })),
  responses: { 200: employeeView },
  refusals: ['employee_not_found', 'role_not_found', 'role_above_own', 'last_admin'],
});

export const dismissEmployee = operation({
  id: 'dismissEmployee',
  service: 'identity',
  method: 'delete',
  path: '/api/employees/{id}',
  summary: 'End an employment',
  access: { permission: 'employees:write' },
  params: idParams,
  responses: { 204: null },
  refusals: ['employee_not_found', 'role_above_own', 'last_admin'],
});

export const listRoles = operation({
  id: 'listRoles',
  service: 'identity',
  method: 'get',
  path: '/api/roles',
  summary: 'The organiser’s roles and what each may do',
  access: { permission: 'employees:read' },
  responses: { 200: z.object({ items: z.array(roleView) }) },
});

export const setRole = operation({
  id: 'setRole',
  service: 'identity',
  method: 'put',
  path: '/api/roles/{code}',
  summary: 'Create or change a role of the organiser’s own',
  access: { permission: 'roles:write' },
  params: roleParams,
  body: z.strictObject({ permissions: z.array(permissionSchema).max(50) }),
  responses: { 200: roleView },
  refusals: ['role_built_in', 'role_above_own'],
});

export const removeRole = operation({
  id: 'removeRole',
  service: 'identity',
  method: 'delete',
  path: '/api/roles/{code}',
  summary: 'Remove a role that nobody has',
  access: { permission: 'roles:write' },
  params: roleParams,
  responses: { 204: null },
  refusals: ['role_not_found', 'role_built_in', 'role_above_own', 'role_in_use'],
});

export const employeeOperations = [
  listEmployees,
  hireEmployee,
  changeEmployee,
  dismissEmployee,
  listRoles,
  setRole,
  removeRole,
] as const;
