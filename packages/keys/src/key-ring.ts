import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { JWK } from 'jose';
import { calculateJwkThumbprint } from 'jose';
import { seal, unseal } from './seal.ts';

export type StoredKey = {
  /** RFC 7638 thumbprint of the public key. */
  readonly kid: string;
  readonly publicJwk: JWK;
  /** The private JWK, sealed. */
  readonly sealedPrivateJwk: string;
  readonly createdAt: Date;
  /** It signs from then on, until the next one does. */
  readonly activeFrom: Date;
};

/** Where a service keeps its keys, private halves sealed. */
export interface KeyStore {
  list(): Promise<StoredKey[]>;
  /**
   * Inserts a key unless one with the same `activeFrom` is there; says whether it did. Replicas
   * make the next key at the same time: one of theirs is kept.
   */
  insert(key: StoredKey): Promise<boolean>;
  remove(kid: string): Promise<void>;
}

export type SigningKey = { readonly kid: string; readonly privateKey: KeyObject };

export interface KeyRing {
  /** The key that signs now. */
  current(): Promise<SigningKey>;
  /** The public halves (RFC 7517): old keys still worth verifying with, the current and the next. */
  jwks(): Promise<{ keys: JWK[] }>;
}

const hour = 3_600_000;
/** Replicas that make a key together read their clocks apart; the whole hour is the same for all. */
const hourBefore = (at: number) => Math.floor(at / hour) * hour;
const hourAfter = (at: number) => Math.ceil(at / hour) * hour;
/** How long the ring goes by what it last read; also how late a replica sees another's new key. */
const rereadMs = 60_000;

async function newKey(sealingKey: Buffer, now: number, activeFrom: number): Promise<StoredKey> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const publicPart = publicKey.export({ format: 'jwk' }) as JWK;
  const kid = await calculateJwkThumbprint(publicPart);
  return {
    kid,
    publicJwk: { ...publicPart, kid, alg: 'EdDSA', use: 'sig' },
    sealedPrivateJwk: seal(sealingKey, JSON.stringify(privateKey.export({ format: 'jwk' }))),
    createdAt: new Date(now),
    activeFrom: new Date(activeFrom),
  };
}

/**
 * A ring of Ed25519 keys that rotates by itself. Which key signs is decided by the clock alone, so
 * every replica chooses the same one. The next key is published `publishAheadMs` before it signs
 * (verifiers cache key sets for ten minutes), and an old one stays published `retireAfterMs` after
 * it last signed (longer than anything it signed is valid).
 */
export function createKeyRing({
  store,
  sealingKey,
  now = Date.now,
  rotateAfterMs = 30 * 24 * hour,
  publishAheadMs = hour,
  retireAfterMs = hour,
}: {
  store: KeyStore;
  /** 32 bytes. */
  sealingKey: Buffer;
  now?: () => number;
  rotateAfterMs?: number;
  publishAheadMs?: number;
  retireAfterMs?: number;
}): KeyRing {
  let read: { at: number; keys: Promise<StoredKey[]> } | undefined;
  const unsealed = new Map<string, SigningKey>();

  const inOrder = (keys: readonly StoredKey[]) =>
    [...keys].sort((a, b) => a.activeFrom.getTime() - b.activeFrom.getTime());

  async function readAndRotate(): Promise<StoredKey[]> {
    const keys = inOrder(await store.list());
    const last = keys.at(-1);
    const nextFrom = last ? last.activeFrom.getTime() + rotateAfterMs : hourBefore(now());
    if (last && nextFrom - publishAheadMs > now()) return keys;

    // A ring that slept until shortly before its rotation, or past it, still publishes ahead.
    const late = last !== undefined && nextFrom - now() < publishAheadMs / 2;
    const activeFrom = late ? hourAfter(now() + publishAheadMs) : nextFrom;
    await store.insert(await newKey(sealingKey, now(), activeFrom));
    const after = inOrder(await store.list());
    const retired = after.filter((_, at) => isRetired(after[at + 1]));
    await Promise.all(retired.map(({ kid }) => store.remove(kid)));
    return after.filter((key) => !retired.includes(key));
  }

  const isRetired = (successor: StoredKey | undefined) =>
    successor !== undefined && successor.activeFrom.getTime() + retireAfterMs < now();

  function keys(): Promise<StoredKey[]> {
    if (!read || now() - read.at > rereadMs) {
      const fresh = { at: now(), keys: readAndRotate() };
      read = fresh;
      fresh.keys.catch(() => {
        if (read === fresh) read = undefined;
      });
    }
    return read.keys;
  }

  function unsealKey({ kid, sealedPrivateJwk }: StoredKey): SigningKey {
    const known = unsealed.get(kid);
    if (known) return known;
    const jwk = JSON.parse(unseal(sealingKey, sealedPrivateJwk).toString('utf8'));
    const key = { kid, privateKey: createPrivateKey({ key: jwk, format: 'jwk' }) };
    unsealed.set(kid, key);
    return key;
  }

  return {
    async current() {
      const known = await keys();
      const active = known.filter(({ activeFrom }) => activeFrom.getTime() <= now()).at(-1);
      // On the first start of all, the replica that made the only key may be ahead of our clock.
      const signing = active ?? known[0];
      if (!signing) throw new Error('The ring is empty although a key was just made.');
      return unsealKey(signing);
    },
    async jwks() {
      return { keys: (await keys()).map(({ publicJwk }) => publicJwk) };
    },
  };
}
