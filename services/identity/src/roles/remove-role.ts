import { auditRecorded } from '@guichet/messaging/audit';
import { outbox } from '@guichet/postgres/outbox';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import type { Actor } from '../actor.ts';
import { refuseAboveOwn, roleNotFound } from './role.ts';
import { roleStore } from './role-store.ts';
import { refuseBuiltIn } from './set-role.ts';

/** Removes a role that nobody has. */
export const removeRole =
  ({ pool }: { pool: Pool }) =>
  async (actor: Actor, code: string): Promise<void> => {
    const { organiserId } = actor;
    refuseBuiltIn(code);

    await inTransaction(pool, async (tx) => {
      const role = await roleStore(tx).find(organiserId, code);
      if (!role) throw roleNotFound();
      refuseAboveOwn(actor.permissions, role.permissions);

      const version = await roleStore(tx).remove(organiserId, code);
      if (version === undefined) throw roleNotFound();
      await outbox(tx, 'identity').add(
        auditRecorded(
          {
            actorId: actor.id,
            organiserId,
            action: 'role.removed',
            target: `${organiserId}/${code}`,
          },
          version,
        ),
      );
    });
  };
export type RemoveRole = ReturnType<typeof removeRole>;
