import { mimeOf } from './compose.ts';
import { type Mailer, MailRefused, messageIdOf } from './mailer.ts';

/**
 * Gmail's API, with an OAuth client and a refresh token. Gmail knows no keys, but it can be asked
 * whether an e-mail with our id went out, which is done before a second attempt.
 */
export function createGmailMailer({
  clientId,
  clientSecret,
  refreshToken,
  rootUrl,
  from,
}: {
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  /** A stand-in's address; it must end with a slash. */
  rootUrl?: string | undefined;
  from: string;
}): Mailer {
  async function connect() {
    // Google's client takes 45 MB: for those alone who send by it.
    const { auth, gmail } = await import('@googleapis/gmail');
    const client = new auth.OAuth2({
      clientId,
      clientSecret,
      ...(rootUrl ? { endpoints: { oauth2TokenUrl: new URL('token', rootUrl).href } } : {}),
    });
    client.setCredentials({ refresh_token: refreshToken });
    return gmail({ version: 'v1', auth: client, ...(rootUrl ? { rootUrl } : {}) }).users;
  }
  let connecting: ReturnType<typeof connect> | undefined;
  const connected = () => {
    connecting ??= connect();
    return connecting;
  };

  async function wentOut(messageId: string): Promise<boolean> {
    const users = await connected();
    const { data } = await users.messages.list({
      userId: 'me',
      q: `rfc822msgid:${messageId.slice(1, -1)}`,
    });
    return (data.messages ?? []).length > 0;
  }

  return {
    async send(mail, attempt) {
      if (attempt > 1 && (await wentOut(messageIdOf(mail, from)))) return;
      const users = await connected();
      const raw = (await mimeOf(mail, from)).toString('base64url');
      try {
        await users.messages.send({ userId: 'me', requestBody: { raw } });
      } catch (cause) {
        const status = Number((cause as { status?: number }).status);
        const Kind = status === 400 ? MailRefused : Error;
        throw new Kind(`Gmail refused: ${(cause as Error).message}`, { cause });
      }
    },
    close: async () => {},
  };
}
