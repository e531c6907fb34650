import { z } from 'zod';
import { createSigned } from './signed.ts';

const id = z.uuid();
/** Unix seconds, as in any JWT (RFC 7519). */
const seconds = z.int();

/**
 * A page was loaded for this room then, from a network of which only a keyed hash is said. To the
 * millisecond, which RFC 7519 allows: by whole seconds a page of the end of one is a second old at once.
 */
const visitClaims = z.object({ id, room: id, net: z.string(), iat: z.number() });
/** A place in line. `rank` is `null` until a draw gives one; `sub` is the account it was given to. */
const turnClaims = z.object({
  id,
  room: id,
  rank: z.int().nullable(),
  sub: z.string().optional(),
  iat: seconds,
});
/**
 * Leave to buy of one offering until `exp`. Its id is its turn’s: a turn has one, and one booking comes
 * of it. Where it has a `sub`, it is good with that account alone.
 */
const admissionClaims = z.object({
  id,
  room: id,
  off: id,
  sub: z.string().optional(),
  iat: seconds,
  exp: seconds,
});

export type TurnClaims = z.output<typeof turnClaims>;
export type AdmissionClaims = z.output<typeof admissionClaims>;
/** Versions of keys of at least 32 bytes; the last one signs. */
export type LineKeys = ReadonlyMap<number, Buffer>;

export const createVisits = (keys: LineKeys) =>
  createSigned({ typ: 'visit+jwt', claims: visitClaims, keys });

export const createTurns = (keys: LineKeys) =>
  createSigned({ typ: 'turn+jwt', claims: turnClaims, keys });

export const createAdmissions = (keys: LineKeys) =>
  createSigned({ typ: 'admission+jwt', claims: admissionClaims, keys });
