import type { Permission } from '@guichet/contracts/permissions';
import { Refusal } from '@guichet/contracts/refusal';

/** Where a person works, and what they may do there. */
export type Employment = { organiserId: string; role: string; permissions: readonly Permission[] };

export type EmploymentRefusal = 'not_employed';

export const notEmployed = () =>
  new Refusal<EmploymentRefusal>('not_employed', 'You do not work for this organiser.');
