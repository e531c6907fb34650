import { outbox } from '@guichet/postgres/outbox';
import type { Tx } from '@guichet/postgres/transaction';
import { advanceAccount } from '../accounts/revoke-subject.ts';
import type { Employee } from './employee.ts';
import { employeeAudited, employeeCreated } from './employee-facts.ts';

/** Tells that somebody works for the organiser now. */
export async function tellHired(tx: Tx, actorId: string, employee: Employee): Promise<void> {
  const { version } = await advanceAccount(tx, employee.id);
  const facts = outbox(tx, 'identity');
  await facts.add(employeeCreated(employee, version));
  await facts.add(employeeAudited(actorId, 'employee.hired', employee, version));
}
