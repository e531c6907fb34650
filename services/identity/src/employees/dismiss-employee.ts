import { outbox } from '@guichet/postgres/outbox';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import { revokeSubject } from '../accounts/revoke-subject.ts';
import type { Actor } from '../actor.ts';
import { getRole } from '../roles/get-role.ts';
import { refuseAboveOwn } from '../roles/role.ts';
import { employeeNotFound } from './employee.ts';
import { employeeAudited } from './employee-facts.ts';
import { employeeStore } from './employee-store.ts';

/** Ends an employment. The account stays its owner's. */
export const dismissEmployee =
  ({ pool }: { pool: Pool }) =>
  async (actor: Actor, id: string): Promise<void> =>
    inTransaction(pool, async (tx) => {
      const { organiserId } = actor;
      const employee = await employeeStore(tx).findToChange({ organiserId, id });
      if (!employee) throw employeeNotFound();
      const { permissions } = await getRole(tx, organiserId, employee.role);
      refuseAboveOwn(actor.permissions, permissions);

      await employeeStore(tx).dismiss({ organiserId, id });
      const { version } = await revokeSubject(tx, id);
      await outbox(tx, 'identity').add(
        employeeAudited(actor.id, 'employee.dismissed', employee, version),
      );
    });
export type DismissEmployee = ReturnType<typeof dismissEmployee>;
