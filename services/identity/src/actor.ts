import type { Permission } from '@guichet/contracts/permissions';

/** The employee who acts, and for whom: as their token says. */
export type Actor = {
  id: string;
  organiserId: string;
  permissions: readonly Permission[];
};

/** The actor of a call whose access asks for a permission: such a token names its organiser. */
export function actorOf(subject: {
  id: string;
  organiserId?: string;
  permissions: readonly Permission[];
}): Actor {
  const { id, organiserId, permissions } = subject;
  if (!organiserId) throw new Error('A token with permissions acts for no organiser.');
  return { id, organiserId, permissions };
}
