import { Refusal } from '@guichet/contracts/refusal';
import type { RefreshSession } from '../sessions/refresh-session.ts';
import type { AccessTokens } from './access-token.ts';
import type { ServiceClients } from './service-clients.ts';
import { type TokenRequest, tokenRefusal } from './token-request.ts';

type Client = { id: string; secret: string };
type TokenAnswer = {
  access_token: string;
  token_type: 'Bearer';
  expires_in: number;
  refresh_token?: string;
};

type Deps = {
  clients: ServiceClients;
  accessTokens: AccessTokens;
  refreshSession: RefreshSession;
};

async function grantToService(
  { clients, accessTokens }: Deps,
  client: Client,
): Promise<TokenAnswer> {
  if (!clients.knows(client.id, client.secret)) {
    throw tokenRefusal('invalid_client', 'No client of that name has that secret.', {
      headers: { 'www-authenticate': 'Basic realm="guichet"' },
    });
  }
  return {
    access_token: await accessTokens.issue({ id: client.id, kind: 'service' }),
    token_type: 'Bearer',
    expires_in: accessTokens.lifetimeSeconds,
  };
}

async function grantToPerson(
  { refreshSession }: Deps,
  request: Extract<TokenRequest, { grant_type: 'refresh_token' }>,
): Promise<TokenAnswer> {
  try {
    const grant = await refreshSession(request.refresh_token, request.organiserId);
    return {
      access_token: grant.accessToken,
      token_type: 'Bearer',
      expires_in: grant.expiresIn,
      refresh_token: grant.refreshToken,
    };
  } catch (cause) {
    // RFC 6749 has one name for every grant that is refused.
    if (!(cause instanceof Refusal)) throw cause;
    throw tokenRefusal('invalid_grant', cause.message);
  }
}

/** OAuth 2.0's token endpoint (RFC 6749): services by their secret, people by a refresh token. */
export const grantToken =
  (deps: Deps) =>
  async (request: TokenRequest, basic: Client | undefined): Promise<TokenAnswer> => {
    if (request.grant_type === 'refresh_token') return grantToPerson(deps, request);

    const { client_id: id = '', client_secret: secret = '' } = request;
    return grantToService(deps, basic ?? { id, secret });
  };
export type GrantToken = ReturnType<typeof grantToken>;
