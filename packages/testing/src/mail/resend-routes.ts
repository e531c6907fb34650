import { createHash } from 'node:crypto';
import express, { type Request, type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { isRefused, type MailFaults } from './faults.ts';
import type { Inbox } from './inbox.ts';
import { type Letter, withoutBrackets } from './message.ts';

const keptMs = 24 * 60 * 60 * 1_000;
const addressList = z.union([z.string(), z.array(z.string()).min(1).max(50)]);

const emailBody = z.object({
  from: z.string(),
  to: addressList,
  cc: addressList.optional(),
  bcc: addressList.optional(),
  subject: z.string(),
  html: z.string().optional(),
  text: z.string().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  tags: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
  attachments: z
    .array(
      z.object({
        filename: z.string().optional(),
        content: z.string().optional(),
        content_type: z.string().nullish(),
        content_id: z.string().nullish(),
        inline_content_id: z.string().nullish(),
      }),
    )
    .default([]),
});
type EmailBody = z.output<typeof emailBody>;

const bareAddress = (address: string): string => /<([^>]+)>/.exec(address)?.[1] ?? address.trim();
const bareAddresses = (list: string | string[] = []): string[] => [list].flat().map(bareAddress);

const letterOf = (body: EmailBody): Letter => {
  const header = (name: string) =>
    Object.entries(body.headers).find(([given]) => given.toLowerCase() === name)?.[1];
  const tag = (name: string) => body.tags.find((given) => given.name === name)?.value;
  const messageId = header('message-id');

  return {
    via: 'resend',
    from: bareAddress(body.from),
    recipients: [body.to, body.cc, body.bcc].flatMap(bareAddresses),
    subject: body.subject,
    template: header('x-guichet-template') ?? tag('template') ?? null,
    language: header('content-language') ?? tag('language') ?? null,
    text: body.text ?? '',
    html: body.html ?? '',
    messageId: messageId ? withoutBrackets(messageId) : null,
    attachments: body.attachments.map((attachment, at) => ({
      name: attachment.filename ?? `attachment-${at + 1}`,
      contentType: attachment.content_type ?? 'application/octet-stream',
      contentId: attachment.content_id ?? attachment.inline_content_id ?? null,
      base64: attachment.content ?? '',
    })),
  };
};

export type SentKeys = Map<string, { fingerprint: string; id: string; at: number }>;

const refusal = (statusCode: number, name: string, message: string) => ({
  statusCode,
  name,
  message,
});

const requireKey: RequestHandler = (req, res, next) => {
  if (/^Bearer re_\S+/.test(req.get('authorization') ?? '')) next();
  else
    res
      .status(401)
      .json(refusal(401, 'missing_api_key', 'Missing API key in the authorization header.'));
};

/** What the key was answered before, if it may be answered again. */
const findSent = (keys: SentKeys, key: string | undefined, fingerprint: string) => {
  const sent = key === undefined ? undefined : keys.get(key);
  if (!sent || Date.now() - sent.at > keptMs) return { state: 'new' } as const;
  return sent.fingerprint === fingerprint
    ? ({ state: 'sent', id: sent.id } as const)
    : ({ state: 'other_body' } as const);
};

const fingerprintOf = (req: Request): string =>
  createHash('sha256').update(JSON.stringify(req.body)).digest('hex');

/** https://resend.com/docs/api-reference/emails/send-email */
export const resendRoutes = (inbox: Inbox, keys: SentKeys, faults: MailFaults): Router => {
  const routes = Router();

  routes.post('/emails', requireKey, express.json({ limit: '40mb' }), async (req, res) => {
    if (await isRefused(faults, 'resend')) {
      res.status(503).json(refusal(503, 'application_error', 'The service is unavailable.'));
      return;
    }
    if (faults.take('reject', 'resend')) {
      res.status(422).json(refusal(422, 'validation_error', 'Invalid `to` field.'));
      return;
    }
    const parsed = emailBody.safeParse(req.body);
    if (!parsed.success) {
      res.status(422).json(refusal(422, 'validation_error', z.prettifyError(parsed.error)));
      return;
    }
    const key = req.get('idempotency-key');
    const fingerprint = fingerprintOf(req);
    const earlier = findSent(keys, key, fingerprint);
    if (earlier.state === 'other_body') {
      const sentence = 'This idempotency key was used with another body within the last 24 hours.';
      res.status(409).json(refusal(409, 'invalid_idempotent_request', sentence));
      return;
    }

    const id = earlier.state === 'sent' ? earlier.id : inbox.keep(letterOf(parsed.data));
    if (key !== undefined && earlier.state === 'new') {
      keys.set(key, { fingerprint, id, at: Date.now() });
    }
    if (faults.take('accept_then_drop', 'resend')) res.socket?.resetAndDestroy();
    else res.json({ id });
  });

  routes.get('/emails/:id', requireKey, (req, res) => {
    const message = inbox.find(String(req.params.id));
    if (!message) {
      res.status(404).json(refusal(404, 'not_found', 'Email not found'));
      return;
    }
    const { id, to, from, subject, html, text, sentAt } = message;
    res.json({
      object: 'email',
      id,
      to: [to],
      from,
      subject,
      html,
      text,
      created_at: sentAt,
      last_event: 'delivered',
    });
  });

  return routes;
};
