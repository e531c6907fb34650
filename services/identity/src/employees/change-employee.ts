import { outbox } from '@guichet/postgres/outbox';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import { revokeSubject } from '../accounts/revoke-subject.ts';
import type { Actor } from '../actor.ts';
import { getRole } from '../roles/get-role.ts';
import { refuseAboveOwn } from '../roles/role.ts';
import { type Employee, employeeNotFound } from './employee.ts';
import { employeeAudited } from './employee-facts.ts';
import { employeeStore } from './employee-store.ts';

type Changes = { role?: string | undefined; disabled?: boolean | undefined };

/** Changes what an employee may do, from their next call on. */
export const changeEmployee =
  ({ pool }: { pool: Pool }) =>
  async (actor: Actor, id: string, changes: Changes): Promise<Employee> =>
    inTransaction(pool, async (tx) => {
      const { organiserId } = actor;
      const before = await employeeStore(tx).findToChange({ organiserId, id });
      if (!before) throw employeeNotFound();

      const employee: Employee = {
        ...before,
        role: changes.role ?? before.role,
        disabled: changes.disabled ?? before.disabled,
      };
      refuseAboveOwn(
        actor.permissions,
        (await getRole(tx, organiserId, before.role)).permissions,
        (await getRole(tx, organiserId, employee.role)).permissions,
      );

      await employeeStore(tx).assign(employee);
      const { version } = await revokeSubject(tx, id);
      await outbox(tx, 'identity').add(
        employeeAudited(actor.id, 'employee.changed', employee, version),
      );
      return employee;
    });
export type ChangeEmployee = ReturnType<typeof changeEmployee>;
