import type { Permission } from '@guichet/contracts/permissions';

/** The employee who acts, and for whom: as their token says. */
export type Actor = {
  id: string;
  organiserId: string;
  permissions: readonly Permission[];
};
