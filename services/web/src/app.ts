import { join } from 'node:path';
import { measure, problems } from '@guichet/http/service-app';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import compression from 'compression';
import express, { type Express, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import sirv from 'sirv';
import { contentSecurityPolicy } from './html/content-security-policy.ts';
import type { Document } from './html/document.ts';
import { isEmbed } from './html/embed.ts';
import { isLanguage, preferredLanguage } from './language.ts';
import type { Pages } from './pages.ts';

/** What `npm run build` makes; its assets have the hash of their content in their name. */
export const built = join(import.meta.dirname, '../dist');

const named =
  (route: string): RequestHandler =>
  (_req, res, next) => {
    res.locals.route = route;
    next();
  };

/** The page of a language; links without one, as e-mails have them, lead to the browser's own. */
function serve(pages: Pages, document: Document): RequestHandler {
  return async (req, res) => {
    res.locals.route = 'page';
    const [, first = '', ...rest] = req.path.split('/');
    if (!isLanguage(first)) {
      const query = req.url.slice(req.path.length);
      const path = req.path === '/' ? '' : req.path;
      res.vary('accept-language');
      return res.redirect(302, `/${preferredLanguage(req)}${path}${query}`);
    }
    const path = rest.map((segment) => `/${segment}`).join('');
    const embed = !isEmbed(req.path) ? undefined : req.query.scheme === 'dark' ? 'dark' : 'light';
    const { status, head, seed } = await pages(first, path);
    res
      .status(status)
      .set('cache-control', 'no-cache')
      .type('html')
      .send(document(first, head, seed, embed));
  };
}

/** What browsers hold a document to: nobody frames it, but an embed, whom anybody may. */
function safeHeaders(stripeJsUrl: string): RequestHandler {
  const shared = {
    // The front door says it, for every service.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
  } as const;
  const unframed = helmet({
    ...shared,
    contentSecurityPolicy: contentSecurityPolicy(stripeJsUrl, "'none'"),
    frameguard: { action: 'deny' },
  });
  const framed = helmet({
    ...shared,
    contentSecurityPolicy: contentSecurityPolicy(stripeJsUrl, '*'),
    frameguard: false,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  });
  return (req, res, next) => (isEmbed(req.path) ? framed : unframed)(req, res, next);
}

/** Files with fixed names; the widget is one that other sites load. */
const publicFiles = () =>
  sirv(join(built, 'public'), {
    maxAge: 300,
    brotli: true,
    gzip: true,
    setHeaders(res, path) {
      if (path === '/widget.js') res.setHeader('cross-origin-resource-policy', 'cross-origin');
    },
  });

/** The page's server: files that never change, and one document for each address. */
export function createApp({
  pages,
  document,
  machines,
  stripeJsUrl,
  logger,
  metrics,
}: {
  pages: Pages;
  document: Document;
  machines: Router;
  stripeJsUrl: string;
  logger: Logger;
  metrics: Metrics;
}): Express {
  const app = express();
  app.disable('x-powered-by').set('query parser', 'simple');
  app.use(measure(metrics));
  app.use(safeHeaders(stripeJsUrl));
  app.use(
    '/assets',
    named('assets'),
    sirv(join(built, 'assets'), { immutable: true, maxAge: 31_536_000, brotli: true, gzip: true }),
  );
  app.use(named('file'), publicFiles());
  app.use(compression());
  app.use(machines);
  app.get('/{*path}', serve(pages, document));
  app.use(problems({ statusOf: {}, logger }));
  return app;
}
