import { newId } from '@guichet/contracts/ids';
import type { Permission } from '@guichet/contracts/permissions';
import type { KeyRing } from '@guichet/keys/key-ring';
import { SignJWT } from 'jose';

/** Whom an access token speaks for. */
export type Bearer = {
  id: string;
  kind: 'customer' | 'employee' | 'service';
  organiserId?: string;
  permissions?: readonly Permission[];
  sessionId?: string;
};

/** Every service of Guichet is one audience: each reads the same token (DESIGN.md 3). */
const audience = 'guichet';

/** Signs access tokens (RFC 9068) with the key that signs now. */
export const createAccessTokens = ({
  keys,
  issuer,
  lifetimeSeconds,
}: {
  keys: Pick<KeyRing, 'current'>;
  issuer: string;
  lifetimeSeconds: number;
}) => ({
  lifetimeSeconds,

  async issue({ id, kind, organiserId, permissions, sessionId }: Bearer): Promise<string> {
    const { kid, privateKey } = await keys.current();
    const claims = {
      kind,
      ...(organiserId && { org: organiserId }),
      ...(permissions && { permissions }),
      ...(sessionId && { sid: sessionId }),
    };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
      .setSubject(id)
      .setIssuer(issuer)
      .setAudience(audience)
      .setJti(newId())
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds}s`)
      .sign(privateKey);
  },
});
export type AccessTokens = ReturnType<typeof createAccessTokens>;
