import { createHash, createHmac, randomBytes } from 'node:crypto';

/** A new secret of 256 bits, in the 43 characters of base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/**
 * What is kept of a secret. A plain hash is enough for one that nobody chose: there are too many
 * to try (OWASP ASVS 5.0.0 6.6 asks for no more above 112 bits).
 */
export const hashOfSecret = (secret: string): Buffer =>
  createHash('sha256').update(secret).digest();

/** The secret that follows this one, for whoever knows both the secret and the salt. */
export const successorOf = (secret: string, salt: Buffer): string =>
  createHmac('sha256', secret).update(salt).digest('base64url');
