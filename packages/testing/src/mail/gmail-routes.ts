import { randomBytes } from 'node:crypto';
import express, { type RequestHandler, Router } from 'express';
import { isRefused, type MailFaults } from './faults.ts';
import type { Inbox } from './inbox.ts';
import { readMime, withoutBrackets } from './message.ts';

const tokenPrefix = 'ya29.';

const refuse = (status: number, reason: string, message: string) => ({
  error: { code: status, message, status: reason, errors: [{ message, domain: 'global', reason }] },
});

const requireToken: RequestHandler = (req, res, next) => {
  if (req.get('authorization')?.startsWith(`Bearer ${tokenPrefix}`)) next();
  else res.status(401).json(refuse(401, 'UNAUTHENTICATED', 'Invalid Credentials'));
};

/**
 * Google's token endpoint and the part of the Gmail API that sends:
 * https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/send
 */
export const gmailRoutes = (inbox: Inbox, faults: MailFaults): Router => {
  const routes = Router();

  routes.post('/token', express.urlencoded({ extended: false }), express.json(), (req, res) => {
    if (!req.body?.grant_type) {
      res
        .status(400)
        .json({ error: 'invalid_request', error_description: 'grant_type is missing' });
      return;
    }
    res.json({
      access_token: `${tokenPrefix}${randomBytes(24).toString('base64url')}`,
      expires_in: 3_599,
      scope: 'https://www.googleapis.com/auth/gmail.send',
      token_type: 'Bearer',
    });
  });

  routes.post(
    '/gmail/v1/users/:user/messages/send',
    requireToken,
    express.json({ limit: '35mb' }),
    async (req, res) => {
      if (await isRefused(faults, 'gmail')) {
        res.status(503).json(refuse(503, 'UNAVAILABLE', 'The service is currently unavailable.'));
        return;
      }
      if (faults.take('reject', 'gmail')) {
        res.status(400).json(refuse(400, 'INVALID_ARGUMENT', 'Invalid To header'));
        return;
      }
      if (typeof req.body?.raw !== 'string') {
        const sentence = "'raw' RFC822 payload message string or uploading message is required";
        res.status(400).json(refuse(400, 'INVALID_ARGUMENT', sentence));
        return;
      }
      const letter = await readMime(Buffer.from(req.body.raw, 'base64url'), 'gmail');
      if (letter.recipients.length === 0) {
        res.status(400).json(refuse(400, 'INVALID_ARGUMENT', 'Recipient address required'));
        return;
      }
      const id = inbox.keep(letter);
      if (faults.take('accept_then_drop', 'gmail')) res.socket?.resetAndDestroy();
      else res.json({ id, threadId: id, labelIds: ['SENT'] });
    },
  );

  routes.get('/gmail/v1/users/:user/messages', requireToken, (req, res) => {
    const [, messageId] = /rfc822msgid:(\S+)/.exec(String(req.query.q ?? '')) ?? [];
    const found = messageId ? inbox.findByMessageId(withoutBrackets(messageId)) : inbox.list();
    const messages = found.map(({ id }) => ({ id, threadId: id }));
    // Gmail leaves the list out when there is nothing in it.
    res.json({
      ...(messages.length > 0 ? { messages } : {}),
      resultSizeEstimate: messages.length,
    });
  });

  return routes;
};
