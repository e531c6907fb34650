import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { z } from 'zod';

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A header that one of our keys signs under, as its bytes; what any other says is never read. */
type Signer = { readonly header: string; readonly key: KeyObject };

const macOf = ({ key }: Signer, signed: string) =>
  createHmac('sha256', key).update(signed).digest();

/**
 * Signs and verifies claims of one kind: a JWS in compact form (RFC 7515) with HS256 (RFC 7518, 3.2)
 * and a `typ` of its own (RFC 8725, 3.11), so that no kind is taken for another. Keys are versions of
 * at least 32 bytes: the last one signs, the others verify.
 *
 * By hand and not by jose, since a gateway verifies one with each booking of a rush: jose goes through
 * WebCrypto, whose every signature is a job on another thread.
 */
export function createSigned<Claims extends z.ZodType>({
  typ,
  claims,
  keys,
}: {
  typ: string;
  claims: Claims;
  keys: ReadonlyMap<number, Buffer>;
}) {
  const signers = [...keys].map(([version, bytes]) => ({
    header: encoded({ alg: 'HS256', typ, kid: String(version) }),
    key: createSecretKey(bytes),
  }));
  const current = signers.at(-1);
  if (!current) throw new Error(`There is no key for ${typ}.`);
  const byHeader = new Map(signers.map((signer) => [signer.header, signer]));

  return {
    sign(value: z.output<Claims>): string {
      const signed = `${current.header}.${encoded(value)}`;
      return `${signed}.${macOf(current, signed).toString('base64url')}`;
    },

    /** The claims of a token that one of the keys has signed; whether they still hold is not asked. */
    verify(token: string): z.output<Claims> | undefined {
      const [header = '', payload = '', signature = '', ...more] = token.split('.');
      const signer = byHeader.get(header);
      if (!signer || more.length > 0) return undefined;
      const given = Buffer.from(signature, 'base64url');
      const expected = macOf(signer, `${header}.${payload}`);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      const parsed = claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
      return parsed.success ? parsed.data : undefined;
    },
  };
}
