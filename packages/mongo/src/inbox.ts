import type { Db } from 'mongodb';
import { isDuplicateKey } from './duplicate-key.ts';

type Handled = { _id: string; at: Date };

/** For the sweeper: what was handled longer ago than this is not delivered again. */
export const inboxKeptMs = 14 * 24 * 3_600_000;

/**
 * Runs `work` unless this consumer has handled the message before; says whether it ran.
 *
 * There is no transaction, so a process that dies between `work` and the note of it runs it again:
 * `work` must be safe to repeat. Where it is a change of one document, name the message in that
 * change instead (`handles` of `changeVersion`), which is exactly once.
 */
export async function firstDelivery(
  db: Db,
  consumer: string,
  messageId: string,
  work: () => Promise<void>,
): Promise<boolean> {
  const inbox = db.collection<Handled>('inbox');
  const _id = `${consumer} ${messageId}`;
  if (await inbox.findOne({ _id })) return false;
  await work();
  await inbox.insertOne({ _id, at: new Date() }).catch((error: unknown) => {
    // Two deliveries at once both ran; that is the repeat that `work` must bear.
    if (!isDuplicateKey(error)) throw error;
  });
  return true;
}
