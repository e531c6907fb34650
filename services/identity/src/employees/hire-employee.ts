import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import { openForHire } from '../accounts/open-for-hire.ts';
import type { Actor } from '../actor.ts';
import { getRole } from '../roles/get-role.ts';
import { refuseAboveOwn } from '../roles/role.ts';
import type { Employee, EmployeeRefusal } from './employee.ts';
import { employeeStore } from './employee-store.ts';
import { tellHired } from './tell-hired.ts';

type Hired = { email: string; firstName: string; lastName: string; role: string };

/**
 * Gives somebody a role at the organiser, opening an account for an address that has none. The
 * answer is the same either way, and the name is what the organiser said: hiring a stranger must
 * not tell whether they are a customer, or what they are called.
 */
export const hireEmployee =
  ({ pool }: { pool: Pool }) =>
  async (actor: Actor, hired: Hired): Promise<Employee> =>
    inTransaction(pool, async (tx) => {
      const { organiserId } = actor;
      const role = await getRole(tx, organiserId, hired.role);
      refuseAboveOwn(actor.permissions, role.permissions);

      const { id } = await openForHire(tx, hired, actor.id);
      if (!(await employeeStore(tx).hire({ ...hired, id, organiserId }))) {
        throw new Refusal<EmployeeRefusal>('already_employed', 'They work here already.');
      }

      const employee = { ...hired, id, organiserId, disabled: false };
      await tellHired(tx, actor.id, employee);
      return employee;
    });
export type HireEmployee = ReturnType<typeof hireEmployee>;
