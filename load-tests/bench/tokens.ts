import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKeyRing, type StoredKey } from '@guichet/keys/key-ring';
import { createPool } from '@guichet/postgres/pool';
import { SignJWT } from 'jose';

/** Longer than any run: wrk cannot ask for another. */
const lifetime = '2h';

/**
 * Access tokens of so many customers, one a line, signed with the key that identity signs with. To
 * register and sign in each of them is two hashed passwords, which is no part of what is measured.
 */
export async function writeTokens(
  customers: number,
  {
    databaseUrl,
    sealingKey,
    issuer,
    folder,
  }: { databaseUrl: string; sealingKey: string; issuer: string; folder: string },
): Promise<string> {
  const pool = createPool({ url: databaseUrl, applicationName: 'bench', max: 1 });
  const keys = createKeyRing({
    sealingKey: Buffer.from(sealingKey, 'base64'),
    store: {
      async list() {
        const { rows } = await pool.query<StoredKey>(
          `select kid, public_jwk as "publicJwk", sealed_private_jwk as "sealedPrivateJwk",
                  created_at as "createdAt", active_from as "activeFrom" from signing_keys`,
        );
        return rows;
      },
      // identity’s own business.
      insert: async () => false,
      remove: async () => {},
    },
  });
  try {
    const { kid, privateKey } = await keys.current();
    const sign = () =>
      new SignJWT({ kind: 'customer', sid: randomUUID() })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
        .setSubject(randomUUID())
        .setIssuer(issuer)
        .setAudience('guichet')
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(lifetime)
        .sign(privateKey);
    const tokens = await Promise.all(Array.from({ length: customers }, sign));
    const file = join(folder, 'tokens');
    writeFileSync(file, `${tokens.join('\n')}\n`);
    return file;
  } finally {
    await pool.end();
  }
}
