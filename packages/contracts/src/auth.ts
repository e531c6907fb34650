import { z } from 'zod';
import { idParams, idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { permissionSchema } from './permissions.ts';
import { instantSchema, languageSchema } from './shapes.ts';

const emailSchema = z
  .email()
  .max(254)
  .transform((email) => email.toLowerCase());
/** OWASP ASVS 5.0.0 6.2: at least 8, at least 64 allowed, no rule of composition. */
export const passwordSchema = z.string().min(8).max(256);
const refreshTokenSchema = z.string().min(20).max(200);

const sessionTokens = z.object({
  tokenType: z.literal('Bearer'),
  accessToken: z.string(),
  expiresIn: z.int(),
  refreshToken: z.string(),
});
export type SessionTokens = z.infer<typeof sessionTokens>;

/**
 * A program is given its tokens. The page gets them in cookies that its scripts cannot read, and so
 * nowhere else (OWASP ASVS 5.0.0 3.3.4): `Cookie` says only for how many seconds the access token is good.
 */
const startedSession = z.discriminatedUnion('tokenType', [
  sessionTokens,
  z.object({ tokenType: z.literal('Cookie'), expiresIn: z.int() }),
]);
export type StartedSession = z.infer<typeof startedSession>;

/** The tokens of a session that was begun, or refreshed, without cookies. */
export function tokensOf(session: StartedSession): SessionTokens {
  if (session.tokenType === 'Bearer') return session;
  throw new Error('The tokens of this session are in its cookies alone.');
}

export const register = operation({
  id: 'register',
  service: 'identity',
  method: 'post',
  path: '/api/auth/register',
  summary: 'Open an account',
  access: 'public',
  ignoresToken: true,
  idempotency: 'accepted',
  body: z.strictObject({
    email: emailSchema,
    password: passwordSchema,
    firstName: z.string().trim().min(1).max(100),
    lastName: z.string().trim().min(1).max(100),
    language: languageSchema,
  }),
  responses: { 202: z.object({ status: z.literal('registered') }) },
  refusals: ['password_too_common', 'too_busy'],
});

export const login = operation({
  id: 'login',
  service: 'identity',
  method: 'post',
  path: '/api/auth/login',
  summary: 'Sign in; with `cookies: true` the tokens are in the page’s cookies alone',
  access: 'public',
  ignoresToken: true,
  body: z.strictObject({
    email: emailSchema,
    password: z.string().min(1).max(256),
    organiserId: idSchema.optional(),
    cookies: z.boolean().optional(),
  }),
  responses: { 200: startedSession },
  refusals: ['credentials_invalid', 'not_employed', 'too_many_attempts', 'too_busy'],
});

/** With `organiserId` the new access token acts for that organiser; with `null` for none. */
export const refresh = operation({
  id: 'refresh',
  service: 'identity',
  method: 'post',
  path: '/api/auth/refresh',
  summary:
    'A new access token and the next refresh token, where the old one came from: body or cookie; it is used up',
  access: 'public',
  ignoresToken: true,
  body: z.strictObject({
    refreshToken: refreshTokenSchema.optional(),
    organiserId: idSchema.nullable().optional(),
  }),
  responses: { 200: startedSession },
  refusals: ['refresh_token_invalid', 'refresh_token_reused', 'not_employed'],
});

export const logout = operation({
  id: 'logout',
  service: 'identity',
  method: 'post',
  path: '/api/auth/logout',
  summary: 'End this session',
  access: 'public',
  ignoresToken: true,
  body: z.strictObject({ refreshToken: refreshTokenSchema.optional() }),
  responses: { 204: null },
});

export const askPasswordReset = operation({
  id: 'askPasswordReset',
  service: 'identity',
  method: 'post',
  path: '/api/auth/password-reset',
  summary: 'Ask for the e-mail that resets a password; the answer is the same for every address',
  access: 'public',
  ignoresToken: true,
  body: z.strictObject({ email: emailSchema }),
  responses: { 202: z.object({ status: z.literal('sent_if_known') }) },
});

export const confirmPasswordReset = operation({
  id: 'confirmPasswordReset',
  service: 'identity',
  method: 'post',
  path: '/api/auth/password-reset/confirm',
  summary: 'Set a new password with the token of the e-mail; every session ends',
  access: 'public',
  ignoresToken: true,
  body: z.strictObject({ token: z.string().min(20).max(200), password: passwordSchema }),
  responses: { 204: null },
  refusals: ['reset_token_invalid', 'password_too_common', 'too_busy'],
});

/** OAuth 2.0 (RFC 6749): `client_credentials` for services, `refresh_token` for people. */
export const token = operation({
  id: 'token',
  service: 'identity',
  method: 'post',
  path: '/api/auth/token',
  summary: 'OAuth 2.0 token endpoint',
  access: 'public',
  ignoresToken: true,
  body: { raw: ['application/x-www-form-urlencoded', 'application/json'], limitBytes: 8_192 },
  responses: {
    200: z.object({
      access_token: z.string(),
      token_type: z.literal('Bearer'),
      expires_in: z.int(),
      refresh_token: z.string().optional(),
    }),
  },
  refusals: ['invalid_client', 'invalid_grant', 'unsupported_grant_type', 'invalid_request'],
});

export const me = operation({
  id: 'me',
  service: 'identity',
  method: 'get',
  path: '/api/me',
  summary: 'Who I am, and which organisers employ me',
  access: 'signed_in',
  responses: {
    200: z.object({
      id: idSchema,
      email: z.string(),
      firstName: z.string(),
      lastName: z.string(),
      language: languageSchema,
      organiserId: idSchema.nullable(),
      permissions: z.array(permissionSchema),
      employments: z.array(z.object({ organiserId: idSchema, role: z.string() })),
    }),
  },
});

/** OWASP ASVS 5.0.0 7.5.2: a person sees where they are signed in, and ends what is not theirs. */
export const listSessions = operation({
  id: 'listSessions',
  service: 'identity',
  method: 'get',
  path: '/api/sessions',
  summary: 'Where I am signed in',
  access: 'signed_in',
  responses: {
    200: z.object({
      items: z.array(
        z.object({
          id: idSchema,
          device: z.string(),
          organiserId: idSchema.nullable(),
          startedAt: instantSchema,
          usedAt: instantSchema,
          current: z.boolean(),
        }),
      ),
    }),
  },
});

export const endSession = operation({
  id: 'endSession',
  service: 'identity',
  method: 'delete',
  path: '/api/sessions/{id}',
  summary: 'Sign out on one device',
  access: 'signed_in',
  params: idParams,
  responses: { 204: null },
  refusals: ['session_not_found'],
});

const keySet = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

export const jwks = operation({
  id: 'jwks',
  service: 'identity',
  method: 'get',
  path: '/.well-known/jwks.json',
  summary: 'The public keys that access tokens are verified with',
  access: 'public',
  ignoresToken: true,
  responses: { 200: keySet },
});

export const openidConfiguration = operation({
  id: 'openidConfiguration',
  service: 'identity',
  method: 'get',
  path: '/.well-known/openid-configuration',
  summary: 'Where the endpoints of this issuer are',
  access: 'public',
  ignoresToken: true,
  responses: { 200: z.record(z.string(), z.unknown()) },
});

export const authOperations = [
  register,
  login,
  refresh,
  logout,
  askPasswordReset,
  confirmPasswordReset,
  token,
  me,
  listSessions,
  endSession,
  jwks,
  openidConfiguration,
] as const;
