import type { Permission } from '@guichet/contracts/permissions';
import { Refusal } from '@guichet/contracts/refusal';
import { auditRecorded } from '@guichet/messaging/audit';
import { outbox } from '@guichet/postgres/outbox';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import type { Actor } from '../actor.ts';
import { revokeHoldersOf } from '../employments/revoke-holders.ts';
import { findBuiltIn, type Role, type RoleRefusal, refuseAboveOwn } from './role.ts';
import { roleStore } from './role-store.ts';

export function refuseBuiltIn(code: string): void {
  if (!findBuiltIn(code)) return;
  throw new Refusal<RoleRefusal>('role_built_in', 'A built-in role cannot be changed.');
}

/** Creates a role of the organiser's own, or changes what it may do, for all who have it at once. */
export const setRole =
  ({ pool }: { pool: Pool }) =>
  async (actor: Actor, code: string, permissions: readonly Permission[]): Promise<Role> => {
    const { organiserId } = actor;
    refuseBuiltIn(code);

    await inTransaction(pool, async (tx) => {
      const before = await roleStore(tx).find(organiserId, code);
      refuseAboveOwn(actor.permissions, permissions, before?.permissions ?? []);

      const version = await roleStore(tx).define(organiserId, code, permissions);
      await revokeHoldersOf(tx, organiserId, code);
      await outbox(tx, 'identity').add(
        auditRecorded(
          { actorId: actor.id, organiserId, action: 'role.set', target: `${organiserId}/${code}` },
          version,
        ),
      );
    });
    return { code, permissions: [...new Set(permissions)], builtIn: false };
  };
export type SetRole = ReturnType<typeof setRole>;
