import { randomBytes } from 'node:crypto';
import { Refusal } from '@guichet/contracts/refusal';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { BulkheadRejectedError, bulkhead } from 'cockatiel';
import type { AccountRefusal } from './account.ts';

/**
 * Argon2id at the minimum that OWASP's Password Storage Cheat Sheet gives: 19 MiB, two passes, one
 * lane. More would make the minute of an on-sale slower for everybody who signs in.
 */
const policy = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export type Passwords = {
  /** A PHC string of the password. */
  hash(password: string): Promise<string>;
  /** Takes as long when there is no hash: time must not say whether an account exists. */
  verify(passwordHash: string | null | undefined, password: string): Promise<boolean>;
  /** Whether the hash was made by another policy than today's. */
  isOutdated(passwordHash: string): boolean;
};

/** Two ways to type one accented letter are one password (NIST SP 800-63B 5.1.1.2). */
const normal = (password: string): string => password.normalize('NFKC');

function isOutdated(passwordHash: string): boolean {
  const made = parseOptions(passwordHash);
  return (
    made.algorithm !== policy.algorithm ||
    made.memoryCost !== policy.memoryCost ||
    made.timeCost !== policy.timeCost ||
    made.parallelism !== policy.parallelism
  );
}

/**
 * Hashes passwords, at most `concurrency` at once: each pins 19 MiB and a thread for some tens of
 * milliseconds. Up to `queue` more wait; whoever comes after them is refused with `too_busy`.
 */
export async function createPasswords({
  concurrency,
  queue,
}: {
  concurrency: number;
  queue: number;
}): Promise<Passwords> {
  const hashes = bulkhead(concurrency, queue);
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await hashes.execute(work);
    } catch (cause) {
      if (!(cause instanceof BulkheadRejectedError)) throw cause;
      throw new Refusal<AccountRefusal>('too_busy', 'Too many people are signing in. Try again.', {
        headers: { 'retry-after': '2' },
      });
    }
  };

  const nobodysHash = await hash(randomBytes(32), policy);

  return {
    hash: (password) => inTurn(() => hash(normal(password), policy)),
    async verify(passwordHash, password) {
      const right = await inTurn(() => verify(passwordHash ?? nobodysHash, normal(password)));
      return right && Boolean(passwordHash);
    },
    isOutdated,
  };
}
