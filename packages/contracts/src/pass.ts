import { fromBase45, toBase45 } from './base45.ts';

/**
 * What a pass says, format v1 (101 bytes, 152 characters of base45, which a QR code of version 6
 * at level M holds):
 *
 *     version 1 | kid 1 | event 8 | ticket 16 | class 2 | not before 4 | not after 4 | flags 1
 *     Ed25519 signature (RFC 8032) of these 37 bytes: 64
 *
 * Numbers are big-endian, times are seconds of the Unix epoch.
 */
export type Pass = {
  /** Which of the organiser's keys signed it, 0 to 255. */
  kid: number;
  /** `eventOf(slotId)`: the slot it admits to. */
  event: string;
  /** The pass's own UUID. */
  ticketId: string;
  /** For fares that a gate treats differently, 0 to 65535; 0 admits the whole party. */
  fareClass: number;
  notBefore: Date;
  notAfter: Date;
  paid: boolean;
};

/** The public half of an organiser's key: 32 bytes in base64url. */
export type PassKey = { kid: number; publicKey: string };

/** Why a gate says no, in the order in which it looks. */
export type PassFault =
  | 'bad_format'
  | 'unknown_key'
  | 'bad_signature'
  | 'other_event'
  | 'outside_window';

export type PassVerdict = { ok: true; pass: Pass } | { ok: false; fault: PassFault };

const VERSION = 1;
const BODY_BYTES = 37;
const SIGNATURE_BYTES = 64;
const PAID = 1;

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** The 8 bytes that stand for a slot in its passes: the random end of its UUID, in hex. */
export const eventOf = (slotId: string): string => slotId.replaceAll('-', '').slice(16);

/** The bytes that the organiser's key signs. */
export function passBody(pass: Pass): Uint8Array {
  const body = new Uint8Array(BODY_BYTES);
  const view = new DataView(body.buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, pass.kid);
  body.set(fromHex(pass.event), 2);
  body.set(fromHex(pass.ticketId.replaceAll('-', '')), 10);
  view.setUint16(26, pass.fareClass);
  view.setUint32(28, seconds(pass.notBefore));
  view.setUint32(32, seconds(pass.notAfter));
  view.setUint8(36, pass.paid ? PAID : 0);
  return body;
}

/** The text of the QR code. */
export function passCode(body: Uint8Array, signature: Uint8Array): string {
  const bytes = new Uint8Array(BODY_BYTES + SIGNATURE_BYTES);
  bytes.set(body);
  bytes.set(signature, BODY_BYTES);
  return toBase45(bytes);
}

/** Reads a code without judging its signature; `undefined` where it is not a pass of this format. */
export function readPass(
  code: string,
): { pass: Pass; body: Uint8Array; signature: Uint8Array } | undefined {
  const bytes = fromBase45(code);
  if (bytes?.length !== BODY_BYTES + SIGNATURE_BYTES || bytes[0] !== VERSION) return undefined;
  const view = new DataView(bytes.buffer);
  const ticket = toHex(bytes.slice(10, 26));
  return {
    body: bytes.slice(0, BODY_BYTES),
    signature: bytes.slice(BODY_BYTES),
    pass: {
      kid: view.getUint8(1),
      event: toHex(bytes.slice(2, 10)),
      ticketId: ticket.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
      fareClass: view.getUint16(26),
      notBefore: new Date(view.getUint32(28) * 1000),
      notAfter: new Date(view.getUint32(32) * 1000),
      paid: (view.getUint8(36) & PAID) !== 0,
    },
  };
}

const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  );

const isSignedBy = async (key: PassKey, body: Uint8Array, signature: Uint8Array) =>
  crypto.subtle.verify(
    'Ed25519',
    await crypto.subtle.importKey('raw', fromBase64url(key.publicKey), 'Ed25519', false, [
      'verify',
    ]),
    new Uint8Array(signature),
    new Uint8Array(body),
  );

/**
 * Judges a pass with the organiser's public keys alone, as a gate without a network does. `slotId`
 * and `at` are looked at where given. Web Crypto only, so that it runs in a page and in Node.
 */
export async function verifyPass(
  code: string,
  { keys, slotId, at }: { keys: readonly PassKey[]; slotId?: string; at?: Date },
): Promise<PassVerdict> {
  const read = readPass(code);
  if (!read) return { ok: false, fault: 'bad_format' };
  const { pass, body, signature } = read;
  const key = keys.find(({ kid }) => kid === pass.kid);
  if (!key) return { ok: false, fault: 'unknown_key' };
  if (!(await isSignedBy(key, body, signature))) return { ok: false, fault: 'bad_signature' };
  if (slotId && eventOf(slotId) !== pass.event) return { ok: false, fault: 'other_event' };
  if (at && (at < pass.notBefore || at > pass.notAfter)) {
    return { ok: false, fault: 'outside_window' };
  }
  return { ok: true, pass };
}
