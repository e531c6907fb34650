import { timingSafeEqual } from 'node:crypto';
import { type Response, Router, urlencoded } from 'express';
import type Stripe from 'stripe';
import type { Work } from '../work.ts';
import { getIntent } from './payment-intents.ts';
import { answerAuthentication } from './three-d-secure.ts';
import { answeredPage, questionPage } from './three-d-secure-page.ts';

const isSecretOf = (intent: Stripe.PaymentIntent, given: unknown): boolean => {
  const [expected, secret] = [Buffer.from(intent.client_secret ?? ''), Buffer.from(String(given))];
  return expected.length === secret.length && timingSafeEqual(expected, secret);
};

/** Stripe adds these to the address the customer comes back to. */
const withResult = (returnUrl: string, intent: Stripe.PaymentIntent): string => {
  const url = new URL(returnUrl);
  url.searchParams.set('payment_intent', intent.id);
  url.searchParams.set('payment_intent_client_secret', intent.client_secret ?? '');
  url.searchParams.set('redirect_status', intent.status === 'succeeded' ? 'succeeded' : 'failed');
  return url.href;
};

/** The forms lead to wherever the customer came from, which no policy could name. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; img-src data:";

const sendPage = (res: Response, page: string): void => {
  res.set({ 'Content-Security-Policy': policy, 'Referrer-Policy': 'no-referrer' }).send(page);
};

/** The bank's page, and what its two buttons do; tests and tools may post to them directly. */
export const threeDSecureRoutes = ({
  workFor,
  changed,
}: {
  workFor(request: null): Work;
  changed(): void;
}): Router => {
  const routes = Router();
  routes.use(urlencoded({ extended: false }));

  routes.get('/:id', (req, res) => {
    const intent = getIntent(workFor(null), req.params.id);
    const text = (name: string): string => String(req.query[name] ?? '');
    const secret = text('client_secret');
    if (!isSecretOf(intent, secret)) {
      res.status(404).end();
      return;
    }
    const [returnUrl, origin, locale] = [text('return_url'), text('origin'), text('locale')];
    sendPage(res, questionPage({ intent, secret, returnUrl, origin, locale }));
  });

  routes.post('/:id/:answer', (req, res) => {
    const { id, answer } = req.params;
    const work = workFor(null);
    const intent = getIntent(work, id);
    const isAnswer = answer === 'authenticate' || answer === 'fail';
    if (!isAnswer || !isSecretOf(intent, req.body?.client_secret)) {
      res.status(404).end();
      return;
    }
    answerAuthentication(work, intent, answer);
    changed();
    const { return_url: returnUrl, origin } = req.body;
    if (returnUrl) res.redirect(303, withResult(String(returnUrl), intent));
    else if (origin) sendPage(res, answeredPage(String(origin)));
    else res.json({ id: intent.id, status: intent.status });
  });

  return routes;
};
