import { hash } from 'node:crypto';

const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');

/**
 * Whether a draw is what was committed to: the seed is the one whose SHA-256 was public before, and
 * the turns stand in the order of SHA-256(seed, id), smallest first. Says what is wrong with it.
 *
 * @param seedCommitment SHA-256 of the seed, in hexadecimal
 * @param seed in hexadecimal
 * @param turnIds all that took part, in the order that was drawn
 */
export function wrongWithDraw(seedCommitment: string, seed: string, turnIds: string[]): string[] {
  const seedBytes = Buffer.from(seed, 'hex');
  if (hash('sha256', seedBytes) !== seedCommitment) return ['the seed is another one'];
  const keys = turnIds.map((id) => hash('sha256', Buffer.concat([seedBytes, bytesOf(id)])));
  return keys.flatMap((key, at) => {
    const before = keys[at - 1];
    return before !== undefined && before >= key ? [`rank ${at + 1} stands wrong`] : [];
  });
}
