import {
  jwks as jwksOperation,
  openidConfiguration as openidConfigurationOperation,
  token,
} from '@guichet/contracts/auth';
import type { Routes } from '@guichet/http/routes';
import type { KeyRing } from '@guichet/keys/key-ring';

/** What a client needs to find the rest (OpenID Connect Discovery 1.0, RFC 8414). */
const configurationOf = (issuer: string) => ({
  issuer,
  jwks_uri: new URL(jwksOperation.path, issuer).href,
  token_endpoint: new URL(token.path, issuer).href,
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  grant_types_supported: ['client_credentials', 'refresh_token'],
  response_types_supported: [],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['EdDSA'],
});

export function keyRoutes(
  routes: Routes,
  { keys, issuer }: { keys: Pick<KeyRing, 'jwks'>; issuer: string },
): void {
  const configuration = configurationOf(issuer);

  routes.on(jwksOperation, async ({ res }) => {
    // Far below the ten minutes for which the next key is published before it signs.
    res.set('cache-control', 'public, max-age=60').json(await keys.jwks());
  });

  routes.on(openidConfigurationOperation, ({ res }) => {
    res.set('cache-control', 'public, max-age=3600').json(configuration);
  });
}
