import type Stripe from 'stripe';
import { escapeHtml } from '../../escape-html.ts';
import { money } from '../money.ts';

const words = {
  en: {
    title: 'Your bank asks',
    question: 'Do you want to pay $?',
    honest: 'No money moves here: this page stands in for a bank.',
    authenticate: 'Complete',
    fail: 'Fail',
  },
  fr: {
    title: 'Votre banque demande',
    question: 'Voulez-vous payer $\u00a0?',
    honest: 'Aucun argent ne circule ici\u00a0: cette page tient lieu de banque.',
    authenticate: 'Confirmer',
    fail: 'Refuser',
  },
  de: {
    title: 'Ihre Bank fragt',
    question: 'Möchten Sie $ bezahlen?',
    honest: 'Hier fließt kein Geld: Diese Seite steht für eine Bank.',
    authenticate: 'Bestätigen',
    fail: 'Ablehnen',
  },
  es: {
    title: 'Tu banco pregunta',
    question: '¿Quieres pagar $?',
    honest: 'Aquí no se mueve dinero: esta página hace de banco.',
    authenticate: 'Confirmar',
    fail: 'Rechazar',
  },
  it: {
    title: 'La tua banca chiede',
    question: 'Vuoi pagare $?',
    honest: 'Qui non si muove denaro: questa pagina fa le veci di una banca.',
    authenticate: 'Conferma',
    fail: 'Rifiuta',
  },
};

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; color: #1d2430; background: white; max-width: 28rem; margin: 0 auto; padding: 2rem 1rem; }
  h1 { font-size: 1.3rem; margin: 0; }
  form { display: inline-block; margin-right: .5rem; }
  button { font: inherit; min-height: 44px; padding: .5rem 1.25rem; }
`;

export type Question = {
  intent: Stripe.PaymentIntent;
  secret: string;
  /** Where the customer goes with the answer; in a frame, nowhere. */
  returnUrl: string;
  /** The page over which the frame lies, to which the answer is announced. */
  origin: string;
  locale: string;
};

const document = (language: string, title: string, body: string): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${style}</style>
</head>
${body}
</html>`;

/** The bank's question, in the customer's language. */
export const questionPage = ({ intent, secret, returnUrl, origin, locale }: Question): string => {
  const language = Object.keys(words).find((known) => locale.startsWith(known)) ?? 'en';
  const { title, question, honest, ...labels } = words[language as keyof typeof words];
  const amount = `<strong>${money(intent.amount, intent.currency, language)}</strong>`;
  const hidden = Object.entries({ client_secret: secret, return_url: returnUrl, origin })
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('');
  const button = (action: 'authenticate' | 'fail') => `
  <form method="post" action="/three-d-secure/${intent.id}/${action}">${hidden}<button>${labels[action]}</button></form>`;

  return document(
    language,
    title,
    `<body><main>
<h1>${title}</h1>
<p>${question.replace('$', () => amount)}</p>
${button('authenticate')}${button('fail')}
<p>${honest}</p>
</main></body>`,
  );
};

/** What a frame shows for the moment until the page has heard that the bank was answered. */
export const answeredPage = (origin: string): string =>
  document(
    'en',
    '3-D Secure',
    `<body data-origin="${escapeHtml(origin)}"><script src="/v3/bank-answered.js"></script></body>`,
  );
