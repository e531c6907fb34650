import { openidConfiguration } from '@guichet/contracts/auth';
import { createServiceToken } from '@guichet/http/service-token';
import { decodeJwt } from 'jose';
import { describe, expect } from 'vitest';
import {
  issuer,
  type RunningIdentity,
  serviceSecret,
  httpTest as test,
} from '../../test/identity-test.ts';
import { openOrganiser, signInAs, signUp } from '../../test/people.ts';

type Sent = { basic?: string; type?: string };

async function ask(
  identity: RunningIdentity,
  body: string | Record<string, string>,
  sent: Sent = {},
) {
  const response = await fetch(`${identity.url}/api/auth/token`, {
    method: 'POST',
    headers: {
      'content-type': sent.type ?? 'application/x-www-form-urlencoded',
      ...(sent.basic && {
        authorization: `Basic ${Buffer.from(sent.basic).toString('base64')}`,
      }),
    },
    body: typeof body === 'string' ? body : new URLSearchParams(body).toString(),
  });
  return { response, answer: (await response.json()) as Record<string, string> };
}

const asService = { grant_type: 'client_credentials' };

describe('a service', () => {
  test('gets a token by its secret, in the body or by HTTP Basic', async ({ identity }) => {
    const inBody = await ask(identity, {
      ...asService,
      client_id: 'reservation',
      client_secret: serviceSecret,
    });
    const byBasic = await ask(identity, asService, {
      basic: `reservation:${encodeURIComponent(serviceSecret)}`,
    });

    for (const { response, answer } of [inBody, byBasic]) {
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(answer).toEqual({
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 300,
      });
      expect(decodeJwt(answer.access_token ?? '')).toMatchObject({
        sub: 'reservation',
        kind: 'service',
      });
    }
  });

  test('gets it by the client that services use', async ({ identity }) => {
    const serviceToken = createServiceToken({
      tokenUrl: `${identity.url}/api/auth/token`,
      clientId: 'reservation',
      clientSecret: serviceSecret,
    });

    expect(await identity.deps.verifyToken.verify(await serviceToken())).toEqual({
      id: 'reservation',
      kind: 'service',
      permissions: [],
    });
  });

  test('is refused with another secret, another name, or none', async ({ identity }) => {
    const attempts = await Promise.all([
      ask(identity, asService),
      ask(identity, asService, { basic: 'reservation:wrong' }),
      ask(identity, asService, { basic: `payment:${serviceSecret}` }),
      ask(identity, { ...asService, client_id: 'reservation', client_secret: '' }),
    ]);

    expect(attempts.map(({ answer }) => answer.code)).toEqual([
      'invalid_client',
      'invalid_client',
      'invalid_client',
      'invalid_request',
    ]);
    expect(attempts[0]?.response.status).toBe(401);
    expect(attempts[0]?.response.headers.get('www-authenticate')).toMatch(/^Basic /);
  });
});

describe('a person', () => {
  test('refreshes here too, for an organiser if they like', async ({ identity }) => {
    const { organiserId, admin } = await openOrganiser(identity);
    const { refreshToken } = await signInAs(identity, admin.email);

    const { answer } = await ask(identity, {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      organiserId,
    });

    expect(decodeJwt(answer.access_token ?? '').org).toBe(organiserId);
    expect(answer.refresh_token).toMatch(/^[\w-]{43}$/);
  });

  test('is told invalid_grant, whatever is wrong with the token', async ({ identity }) => {
    const { refreshToken } = await signUp(identity);
    const refresh = (token: string, more = {}) =>
      ask(identity, { grant_type: 'refresh_token', refresh_token: token, ...more });

    const wrong = await refresh('x'.repeat(43));
    const notEmployed = await refresh(refreshToken, { organiserId: crypto.randomUUID() });

    expect([wrong.response.status, wrong.answer.code]).toEqual([400, 'invalid_grant']);
    expect([notEmployed.response.status, notEmployed.answer.code]).toEqual([400, 'invalid_grant']);
    expect((await refresh(refreshToken)).response.status).toBe(200);
  });
});

test.for([
  ['grant_type=password&username=a&password=b', undefined, 400, 'unsupported_grant_type'],
  ['', undefined, 400, 'invalid_request'],
  ['{"grant_type"', 'application/json', 400, 'invalid_request'],
  [`a=${'x'.repeat(9_000)}`, undefined, 413, 'body_too_large'],
  ['grant_type=client_credentials', 'text/plain', 415, 'unsupported_media_type'],
] as const)('refuses %s as %s', async ([body, type, status, code], { identity }) => {
  const { response, answer } = await ask(identity, body, type ? { type } : {});

  expect([response.status, answer.code]).toEqual([status, code]);
});

test('the configuration says where everything is', async ({ identity }) => {
  expect(await identity.api.call(openidConfiguration, {})).toMatchObject({
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    token_endpoint: `${issuer}/api/auth/token`,
    grant_types_supported: ['client_credentials', 'refresh_token'],
  });
});
