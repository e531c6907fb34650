import { hash } from 'node:crypto';
import { permissionSchema } from '@guichet/contracts/permissions';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { Problem } from './problem.ts';
import type { Subject } from './subject.ts';

const claimsSchema = z.object({
  sub: z.string().min(1),
  exp: z.number(),
  kind: z.enum(['customer', 'employee', 'service']),
  org: z.string().optional(),
  permissions: z.array(permissionSchema).default([]),
  sid: z.string().optional(),
});

export interface TokenVerifier {
  /** The subject of a valid token, or a 401 `invalid_token`; 503 when no key can be fetched. */
  verify(token: string): Promise<Subject>;
  /**
   * Refuses every token of the subject that was issued in a second before `at` (ms, default now):
   * a sign-out, a new role, a disabled account. Tokens say their second only, so one issued in the
   * very second of the revocation passes; the token that replaces it must.
   */
  forget(subjectId: string, at?: number): void;
}

type Cached = { readonly subject: Subject; readonly expiresAt: number; readonly issuedAt: number };

const invalid = (cause?: unknown) =>
  new Problem({
    status: 401,
    code: 'invalid_token',
    detail: 'The access token is expired, forged or not for this API. Sign in again.',
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    cause,
  });

function subjectOf(payload: JWTPayload): { subject: Subject; exp: number; iat: number } {
  const { sub, kind, org, permissions, sid, exp } = claimsSchema.parse(payload);
  const subject: Subject = {
    id: sub,
    kind,
    permissions,
    ...(org ? { organiserId: org } : {}),
    ...(sid ? { sessionId: sid } : {}),
  };
  return { subject, exp, iat: payload.iat ?? 0 };
}

/**
 * Verifies access tokens (RFC 9068: `typ: at+jwt`, EdDSA) with the keys of `jwksUrl`.
 *
 * Verifying costs 90 µs, more than all the rest of a small request, so verified tokens are kept,
 * `cacheSize` of them, by the SHA-256 of the token; `exp` is looked at on every hit. A forgotten
 * subject's older tokens stay refused until they would have expired anyway.
 */
export function createTokenVerifier({
  jwksUrl,
  issuer,
  audience,
  cacheSize = 10_000,
  now = Date.now,
}: {
  jwksUrl: string;
  issuer: string;
  audience: string;
  cacheSize?: number;
  now?: () => number;
}): TokenVerifier {
  const keys = createRemoteJWKSet(new URL(jwksUrl));
  const cache = new Map<string, Cached>();
  const revokedAt = new Map<string, number>();

  function admit({ subject, expiresAt, issuedAt }: Cached): Subject {
    const revoked = revokedAt.get(subject.id);
    if (expiresAt <= now() || (revoked !== undefined && issuedAt < revoked)) throw invalid();
    return subject;
  }

  function keep(digest: string, cached: Cached): void {
    if (cache.size >= cacheSize) {
      const oldest = cache.keys().next().value;
      if (oldest !== undefined) cache.delete(oldest);
    }
    cache.set(digest, cached);
  }

  async function verifyAnew(token: string): Promise<Cached> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['EdDSA'],
        issuer,
        audience,
        typ: 'at+jwt',
        clockTolerance: 5,
        currentDate: new Date(now()),
      });
      const { subject, exp, iat } = subjectOf(payload);
      return { subject, expiresAt: exp * 1_000, issuedAt: iat * 1_000 };
    } catch (cause) {
      if (isKeyOutage(cause)) throw keysUnavailable(cause);
      throw invalid(cause);
    }
  }

  return {
    async verify(token) {
      const digest = hash('sha256', token, 'base64');
      const known = cache.get(digest);
      if (known) return admit(known);

      const cached = await verifyAnew(token);
      keep(digest, cached);
      return admit(cached);
    },
    forget(subjectId, at = now()) {
      revokedAt.set(subjectId, Math.floor(at / 1_000) * 1_000);
      for (const [id, revoked] of revokedAt) {
        if (revoked < now() - tokenLifeMs) revokedAt.delete(id);
      }
    },
  };
}

/** Longer than any access token lives; after it, nothing issued before a revocation is valid. */
const tokenLifeMs = 10 * 60_000;

/** No key could be asked for: the token may well be good, so it is not called invalid. */
const isKeyOutage = (error: unknown) =>
  error instanceof errors.JWKSTimeout ||
  error instanceof TypeError ||
  (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC');

const keysUnavailable = (cause: unknown) =>
  new Problem({
    status: 503,
    code: 'token_keys_unavailable',
    detail: 'Tokens cannot be verified at the moment. Try again in a few seconds.',
    headers: { 'retry-after': '2' },
    cause,
  });
