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
/** More organisers than these do not sell in one minute. */
const MOST_KEPT = 1_000;

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
  mostKept = MOST_KEPT,
  now = Date.now,
}: {
  pool: Pool;
  sealingKey: Buffer;
  mostKept?: number;
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
    keep(organiserId, signer);
    return signer;
  };

  /** A private key is in memory for as long as somebody is sold to, and not a minute longer. */
  function keep(organiserId: string, signer: PassSigner): void {
    kept.delete(organiserId);
    for (const [id, { until }] of kept) {
      if (until > now() && kept.size < mostKept) break;
      kept.delete(id);
    }
    kept.set(organiserId, { signer, until: now() + KEPT_MS });
  }

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
