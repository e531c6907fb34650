import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RequestHandler, Router } from 'express';
import { type BrowserScripts, buildBrowserScripts } from './browser-scripts.ts';

/** What a frame may do: run its own script and ask the API, at its own origin, in anybody's page. */
const framePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** Any page may load these, whatever it asks of what it loads. */
const forAnyPage: RequestHandler = (_req, res, next) => {
  res.set({
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
    // A page is told of a changed script by the next load, as by Stripe itself within a minute.
    'Cache-Control': 'no-cache',
  });
  next();
};

const frameFile = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'in-browser/frame', name), 'utf8');

/** Stripe.js: its script and the frame of its Payment Element, as https://js.stripe.com/v3/. */
export const stripeJsRoutes = (): Router => {
  const routes = Router();
  let scripts: Promise<BrowserScripts> | undefined;
  const script =
    (name: keyof BrowserScripts): RequestHandler =>
    async (_req, res) => {
      scripts ??= buildBrowserScripts();
      res.type('text/javascript').send((await scripts)[name]);
    };

  routes.use(forAnyPage);
  routes.get('/', script('page'));
  routes.get('/elements-inner-payment.js', script('frame'));
  routes.get('/bank-answered.js', script('answered'));
  routes.get('/elements-inner-payment.css', (_req, res) => {
    res.type('text/css').send(frameFile('payment.css'));
  });
  routes.get('/elements-inner-payment.html', (_req, res) => {
    res
      .set({ 'Content-Security-Policy': framePolicy, 'Referrer-Policy': 'no-referrer' })
      .type('text/html')
      .send(frameFile('payment.html'));
  });
  return routes;
};
