import type { Tx } from '@guichet/postgres/transaction';
import { employeeStore } from './employee-store.ts';
import { tellHired } from './tell-hired.ts';

/** Whoever created an organiser is its first admin; the first time only. */
export async function grantFirstAdmin(
  tx: Tx,
  { organiserId, createdBy }: { organiserId: string; createdBy: string },
): Promise<void> {
  if (!(await employeeStore(tx).hireFirstAdmin(organiserId, createdBy))) return;

  const admin = await employeeStore(tx).findToChange({ organiserId, id: createdBy });
  if (!admin) throw new Error('The admin that was just hired is not there.');
  await tellHired(tx, createdBy, admin);
}
