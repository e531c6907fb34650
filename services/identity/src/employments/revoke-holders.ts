import type { Tx } from '@guichet/postgres/transaction';
import { revokeSubject } from '../accounts/revoke-subject.ts';
import { employmentStore } from './employment-store.ts';

/** Has every token forgotten of those who have a role that changed. */
export async function revokeHoldersOf(tx: Tx, organiserId: string, role: string): Promise<void> {
  for (const id of await employmentStore(tx).listHolders(organiserId, role)) {
    await revokeSubject(tx, id);
  }
}
