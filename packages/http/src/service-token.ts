import { request } from 'undici';
import { z } from 'zod';

const answerSchema = z.object({ access_token: z.string(), expires_in: z.number() });

/** Asked for anew so long before it ends, so that no call goes out with one that ends under way. */
const marginMs = 30_000;

/**
 * This service's own access token (RFC 6749, client credentials), kept until shortly before it
 * ends. Callers at the same time share one request.
 */
export function createServiceToken({
  tokenUrl,
  clientId,
  clientSecret,
  now = Date.now,
}: {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  now?: () => number;
}): () => Promise<string> {
  let kept: { token: Promise<string>; until: number } | undefined;

  async function ask(): Promise<{ token: string; expiresInMs: number }> {
    const { statusCode, body } = await request(tokenUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }).toString(),
      headersTimeout: 5_000,
      bodyTimeout: 5_000,
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`identity gave ${clientId} no token: ${statusCode}`);
    const { access_token, expires_in } = answerSchema.parse(JSON.parse(text));
    return { token: access_token, expiresInMs: expires_in * 1_000 };
  }

  return () => {
    if (kept && kept.until > now()) return kept.token;
    const asked = ask();
    const mine = { token: asked.then(({ token }) => token), until: Number.POSITIVE_INFINITY };
    kept = mine;
    asked.then(
      ({ expiresInMs }) => {
        mine.until = now() + expiresInMs - marginMs;
      },
      () => {
        if (kept === mine) kept = undefined;
      },
    );
    return mine.token;
  };
}
