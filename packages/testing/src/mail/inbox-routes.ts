import { type Response, Router } from 'express';
import type { Inbox, Message } from './inbox.ts';
import { inboxPage, messageHtml } from './inbox-page.ts';

const attachmentPath = (message: Message, name: string): string =>
  `/messages/${message.id}/attachments/${encodeURIComponent(name)}`;

/** A message as DESIGN.md 4 shows it, and where its attachments are. */
const messageView = (message: Message) => ({
  id: message.id,
  to: message.to,
  from: message.from,
  subject: message.subject,
  template: message.template,
  language: message.language,
  text: message.text,
  html: message.html,
  attachments: message.attachments.map(({ name, contentType, base64 }) => ({
    name,
    contentType,
    size: Buffer.byteLength(base64, 'base64'),
    url: attachmentPath(message, name),
  })),
  sentAt: message.sentAt,
  via: message.via,
});

const findOr404 = (inbox: Inbox, id: string, res: Response): Message | undefined => {
  const message = inbox.find(id);
  if (!message) res.status(404).json({ code: 'message_not_found' });
  return message;
};

/** A message is a stranger's HTML: no scripts, no forms, no origin of its own. */
const messagePolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'; font-src data:";
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; img-src 'self' data:; form-action 'self'";

export const inboxRoutes = (inbox: Inbox): Router => {
  const routes = Router();

  routes.get('/messages', (req, res) => {
    const to = typeof req.query.to === 'string' ? req.query.to : undefined;
    res.json({ items: inbox.list(to).map(messageView) });
  });
  routes.delete('/messages', (_req, res) => {
    inbox.clear();
    res.status(204).end();
  });

  routes.get('/messages/:id', (req, res) => {
    const message = findOr404(inbox, req.params.id, res);
    if (message) res.json(messageView(message));
  });
  routes.get('/messages/:id/html', (req, res) => {
    const message = findOr404(inbox, req.params.id, res);
    if (message) {
      res.set('Content-Security-Policy', messagePolicy).type('html').send(messageHtml(message));
    }
  });
  routes.get('/messages/:id/attachments/:name', (req, res) => {
    const message = findOr404(inbox, req.params.id, res);
    if (!message) return;
    const attachment = message.attachments.find(({ name }) => name === req.params.name);
    if (!attachment) {
      res.status(404).json({ code: 'attachment_not_found' });
      return;
    }
    res
      .set({
        'Content-Type': attachment.contentType,
        'Content-Security-Policy': messagePolicy,
        'X-Content-Type-Options': 'nosniff',
      })
      .send(Buffer.from(attachment.base64, 'base64'));
  });

  routes.get('/', (req, res) => {
    const { to, message: id, view } = req.query as Record<string, string | undefined>;
    res.set('Content-Security-Policy', pagePolicy);
    res.send(inboxPage({ messages: inbox.list(to || undefined), to: to ?? '', id, view }));
  });

  return routes;
};
