import { timingSafeEqual } from 'node:crypto';
import { Router, urlencoded } from 'express';
import type Stripe from 'stripe';
import { escapeHtml } from '../../escape-html.ts';
import { money } from '../money.ts';
import type { Work } from '../work.ts';
import { getIntent } from './payment-intents.ts';
import { answerAuthentication } from './three-d-secure.ts';

const page = (intent: Stripe.PaymentIntent, secret: string, returnUrl: string): string => {
  const button = (action: string, label: string) => `
    <form method="post" action="/three-d-secure/${intent.id}/${action}">
      <input type="hidden" name="client_secret" value="${escapeHtml(secret)}">
      <input type="hidden" name="return_url" value="${escapeHtml(returnUrl)}">
      <button>${label}</button>
    </form>`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>3-D Secure</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 28rem; margin: 10vh auto; padding: 0 1rem; }
  form { display: inline-block; margin-right: .5rem; }
  button { font: inherit; padding: .5rem 1rem; }
</style>
<h1>Your bank asks</h1>
<p>Do you want to pay <strong>${money(intent.amount, intent.currency)}</strong>? No money moves here: this page stands
in for a bank.</p>
${button('authenticate', 'Yes, it is me')}
${button('fail', 'No')}
</html>`;
};

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
    const { client_secret: secret = '', return_url: returnUrl = '' } = req.query;
    if (isSecretOf(intent, secret)) res.send(page(intent, String(secret), String(returnUrl)));
    else res.status(404).end();
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
    if (req.body.return_url) res.redirect(303, withResult(String(req.body.return_url), intent));
    else res.json({ id: intent.id, status: intent.status });
  });

  return routes;
};
