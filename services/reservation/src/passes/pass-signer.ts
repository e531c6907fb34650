import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { PassKey } from '@guichet/contracts/pass';
import { seal, unseal } from '@guichet/keys/seal';
import type { Pool } from '@guichet/postgres/pool';
import { passKeyStore, type StoredPassKey } from './pass-key-store.ts';

/** Signs passes with one key of an organiser, so that a stolen key opens no other organiser's gates. */
export type PassSigner = { kid: number; sign(body: Uint8Array): Uint8Array };
export type PassSignerOf = (organiserId: string) => Promise<PassSigner>;

/** How long a signer is kept before the database is asked whether the next key signs now. */
const KEPT_MS = 60_000;

/** A key for passes: its public half raw, its private half sealed. */
export function newPassKey(sealingKey: Buffer): Omit<StoredPassKey, 'kid'> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return {
    publicKey: Buffer.from(x, 'base64url'),
    sealedPrivateKey: seal(
      sealingKey,
      privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    ),
  };
}

const signerOf = (kid: number, privateKey: KeyObject): PassSigner => ({
  kid,
  sign: (body) => sign(null, body, privateKey),
});

/** Finds who signs an organiser's passes, and makes its first key where it has none. */
export function createPassSigners({
  pool,
  sealingKey,
  now = Date.now,
}: {
  pool: Pool;
  sealingKey: Buffer;
  now?: () => number;
}) {
  const store = passKeyStore(pool);
  const kept = new Map<string, { signer: PassSigner; until: number }>();

  async function findOrMake(organiserId: string): Promise<StoredPassKey> {
    const key = await store.findSigning(organiserId);
    if (key) return key;
    await store.insertFirst(organiserId, newPassKey(sealingKey));
    return findOrMake(organiserId);
  }

  const signerFor: PassSignerOf = async (organiserId) => {
    const known = kept.get(organiserId);
    if (known && known.until > now()) return known.signer;
    const { kid, sealedPrivateKey } = await findOrMake(organiserId);
    const signer = signerOf(kid, createPrivateKey(unseal(sealingKey, sealedPrivateKey)));
    kept.set(organiserId, { signer, until: now() + KEPT_MS });
    return signer;
  };

  return {
    signerOf: signerFor,
    async publicKeys(organiserId: string): Promise<PassKey[]> {
      const keys = await store.listPublic(organiserId);
      return keys.map(({ kid, publicKey }) => ({
        kid,
        publicKey: publicKey.toString('base64url'),
      }));
    },
  };
}
export type PassSigners = ReturnType<typeof createPassSigners>;
