import type { Queryable } from '@guichet/postgres/pool';
import { permissionsAt } from '../employments/acting-for.ts';
import type { AccessTokens } from '../tokens/access-token.ts';
import type { Session } from './session.ts';

/** What a sign-in or a refresh gives. */
export type Grant = { accessToken: string; expiresIn: number; refreshToken: string };

/**
 * The access token of a session: a customer's, or an employee's with what they may do for the
 * organiser right now. Refuses with `not_employed` where they do not work there.
 */
export async function grantOf(
  db: Queryable,
  accessTokens: AccessTokens,
  { id, accountId, organiserId }: Session,
  refreshToken: string,
): Promise<Grant> {
  const accessToken = await accessTokens.issue(
    organiserId
      ? {
          id: accountId,
          kind: 'employee',
          organiserId,
          permissions: await permissionsAt(db, { accountId, organiserId }),
          sessionId: id,
        }
      : { id: accountId, kind: 'customer', sessionId: id },
  );
  return { accessToken, expiresIn: accessTokens.lifetimeSeconds, refreshToken };
}
