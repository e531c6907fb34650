import { z } from 'zod';

/** What an employee may do for the organiser that their token names. */
export const permissionSchema = z.enum([
  'organiser:write',
  'employees:read',
  'employees:write',
  'roles:write',
  'offerings:write',
  'offerings:publish',
  'slots:write',
  'bookings:read',
  'bookings:write',
  'boarding:write',
  'payments:read',
  'payments:refund',
]);
export type Permission = z.infer<typeof permissionSchema>;

const employee = ['bookings:read', 'bookings:write', 'boarding:write', 'payments:read'] as const;
const manager = [
  ...employee,
  'employees:read',
  'offerings:write',
  'offerings:publish',
  'slots:write',
  'payments:refund',
] as const;

/**
 * The roles that every organiser has from the start. A customer has no permission: what is theirs
 * is theirs by ownership, not by role.
 */
export const builtInRoles = {
  customer: [],
  employee,
  manager,
  admin: permissionSchema.options,
} as const satisfies Record<string, readonly Permission[]>;
