import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase45, toBase45 } from './base45.ts';
import { newId } from './ids.ts';
import { eventOf, type Pass, passBody, passCode, readPass, verifyPass } from './pass.ts';

const aKey = (kid: number) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { kid, privateKey, publicKey: String(publicKey.export({ format: 'jwk' }).x) };
};
const slotId = newId();
const startsAt = new Date('2027-03-28T18:30:00Z');
const aPass = (kid: number): Pass => ({
  kid,
  event: eventOf(slotId),
  ticketId: newId(),
  fareClass: 0,
  notBefore: new Date('2027-03-28T12:00:00Z'),
  notAfter: new Date('2027-03-29T00:00:00Z'),
  paid: true,
});
const signedBy = ({ kid, privateKey }: ReturnType<typeof aKey>, pass = aPass(kid)) =>
  passCode(passBody(pass), sign(null, passBody(pass), privateKey));

test('a pass reads back as it was written, in 152 characters of a QR code', async () => {
  const key = aKey(3);
  const pass = aPass(3);
  const code = signedBy(key, pass);

  expect(code).toHaveLength(152);
  expect(readPass(code)?.pass).toEqual(pass);
  expect(await verifyPass(code, { keys: [aKey(2), key], slotId, at: startsAt })).toEqual({
    ok: true,
    pass,
  });
});

// Signatures are slow (some 10 000 a second), so each run takes a share of the 100 000 that the
// property has been run with: FC_RUNS=100000.
test('no altered pass verifies', async () => {
  const key = aKey(1);
  const code = signedBy(key);
  const bytes = fromBase45(code) ?? new Uint8Array();

  await fc.assert(
    fc.asyncProperty(
      fc.nat(bytes.length - 1),
      fc.integer({ min: 1, max: 255 }),
      async (at, difference) => {
        const altered = bytes.map((byte, index) => (index === at ? byte ^ difference : byte));
        expect((await verifyPass(toBase45(altered), { keys: [key] })).ok).toBe(false);
      },
    ),
    { numRuns: Number(process.env.FC_RUNS ?? 5_000) },
  );
});

test('no other text reads as the same pass', async () => {
  const key = aKey(1);
  const code = signedBy(key);

  await fc.assert(
    fc.asyncProperty(
      fc.nat(code.length),
      fc.integer({ min: 0, max: 2 }),
      fc.string({ maxLength: 3, unit: fc.constantFrom(...'0123456789ABCXYZ $%*+-./:a') }),
      async (at, removed, added) => {
        const altered = code.slice(0, at) + added + code.slice(at + removed);
        fc.pre(altered !== code);
        expect((await verifyPass(altered, { keys: [key] })).ok).toBe(false);
      },
    ),
    { numRuns: Number(process.env.FC_RUNS ?? 5_000) },
  );
});

test('a pass of another organiser’s key does not verify, though the kid is the same', async () => {
  expect(await verifyPass(signedBy(aKey(1)), { keys: [aKey(1)] })).toEqual({
    ok: false,
    fault: 'bad_signature',
  });
});

test('a gate names what is wrong, in its order', async () => {
  const key = aKey(1);
  const code = signedBy(key);
  const faultOf = async (text: string, gate: Parameters<typeof verifyPass>[1]) => {
    const verdict = await verifyPass(text, gate);
    return verdict.ok ? 'none' : verdict.fault;
  };

  expect(await faultOf('HELLO', { keys: [key] })).toBe('bad_format');
  expect(await faultOf(code, { keys: [] })).toBe('unknown_key');
  expect(await faultOf(code, { keys: [key], slotId: newId() })).toBe('other_event');
  const late = new Date('2027-03-29T00:00:01Z');
  expect(await faultOf(code, { keys: [key], at: late })).toBe('outside_window');
});

test('base45 writes the examples of RFC 9285 and reads what it writes', () => {
  expect(toBase45(new TextEncoder().encode('Hello!!'))).toBe('%69 VD92EX0');
  expect(toBase45(new TextEncoder().encode('base-45'))).toBe('UJCLQE7W581');
  expect(fromBase45('QED8WEX0')).toEqual(new TextEncoder().encode('ietf!'));
  for (const wrong of [':::', 'ZZ', 'A', 'abc', 'GGX']) expect(fromBase45(wrong)).toBeUndefined();

  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
      expect(fromBase45(toBase45(bytes))).toEqual(bytes);
    }),
  );
});
