import { token } from '@guichet/contracts/auth';
import type { Routes } from '@guichet/http/routes';
import type { GrantToken } from './grant-token.ts';
import { clientOf, readTokenRequest, type TokenRefusal } from './token-request.ts';

export const statusOfTokenRefusal = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unsupported_grant_type: 400,
} satisfies Record<TokenRefusal, number>;

export function tokenRoutes(routes: Routes, { grantToken }: { grantToken: GrantToken }): void {
  routes.on(token, async ({ body, headers, req, res }) => {
    const request = readTokenRequest(req.is('application/json') || 'form', body);
    const granted = await grantToken(request, clientOf(headers.authorization));

    res.set('cache-control', 'no-store').json(granted);
  });
}
