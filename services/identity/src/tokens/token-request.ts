import { idSchema } from '@guichet/contracts/ids';
import { Refusal } from '@guichet/contracts/refusal';
import { z } from 'zod';

/** The error names of RFC 6749 5.2 are the codes of the problems. */
export type TokenRefusal =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unsupported_grant_type';

export const tokenRefusal = (
  code: TokenRefusal,
  sentence: string,
  details?: { headers: Record<string, string> },
) => new Refusal<TokenRefusal>(code, sentence, details);

const parameter = z.string().min(1).max(500);

/** What RFC 6749 does not name is ignored (3.2), except `organiserId`, which is ours. */
const clientCredentials = z.object({
  grant_type: z.literal('client_credentials'),
  client_id: parameter.optional(),
  client_secret: parameter.optional(),
});
const refreshToken = z.object({
  grant_type: z.literal('refresh_token'),
  refresh_token: parameter,
  organiserId: idSchema.optional(),
});
const tokenRequest = z.discriminatedUnion('grant_type', [clientCredentials, refreshToken]);
export type TokenRequest = z.infer<typeof tokenRequest>;

function parametersOf(mediaType: string, body: Buffer): Record<string, unknown> {
  if (mediaType === 'application/json') {
    try {
      return z.record(z.string(), z.unknown()).parse(JSON.parse(body.toString('utf8')));
    } catch {
      throw tokenRefusal('invalid_request', 'The body is not a JSON object.');
    }
  }
  const parameters = [...new URLSearchParams(body.toString('utf8'))];
  const names = parameters.map(([name]) => name);
  if (new Set(names).size < names.length) {
    throw tokenRefusal('invalid_request', 'A parameter is there twice.');
  }
  return Object.fromEntries(parameters);
}

/** Reads the body of a token request, by form or by JSON. */
export function readTokenRequest(mediaType: string, body: Buffer): TokenRequest {
  const parameters = parametersOf(mediaType, body);
  if (typeof parameters.grant_type !== 'string') {
    throw tokenRefusal('invalid_request', 'Name a grant_type.');
  }

  const request = tokenRequest.safeParse(parameters);
  if (request.success) return request.data;
  const wrong = request.error.issues[0]?.path.join('.');
  throw wrong === 'grant_type'
    ? tokenRefusal('unsupported_grant_type', 'Use client_credentials or refresh_token.')
    : tokenRefusal('invalid_request', `The parameter ${wrong} is missing or wrong.`);
}

/** The client of HTTP Basic (RFC 6749 2.3.1: both parts are form-encoded before). */
export function clientOf(
  authorization: string | undefined,
): { id: string; secret: string } | undefined {
  const [scheme, encoded] = authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'basic' || !encoded) return undefined;

  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  const decoded = new URLSearchParams(`id=${id}&secret=${secret}`);
  return { id: decoded.get('id') ?? '', secret: decoded.get('secret') ?? '' };
}
