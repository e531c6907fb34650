import type Stripe from 'stripe';
import { escapeHtml } from '../escape-html.ts';
import type { Account } from './account.ts';
import { money } from './money.ts';
import { testCards } from './test-cards.ts';

const shownPayments = 50;

const style = `
  body { font: 15px/1.45 system-ui, sans-serif; color: #1d2430; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
  h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; margin-top: 2rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid #dcdfe4; vertical-align: top; }
  td.number { text-align: right; font-variant-numeric: tabular-nums; }
  code { font: 13px ui-monospace, monospace; } .quiet { color: #5c6675; }
`;

const deliveriesOf = (account: Account, intent: Stripe.PaymentIntent): string =>
  [...account.events.values()]
    .filter(({ event }) => (event.data.object as { id?: string }).id === intent.id)
    .map(({ event, delivered, attempts }) => {
      const state = delivered ? 'delivered' : `not delivered after ${attempts} attempt(s)`;
      return `${escapeHtml(event.type)}: ${state}`;
    })
    .join('<br>');

const paymentRow = (account: Account, intent: Stripe.PaymentIntent): string => {
  const charge = account.charges.get(String(intent.latest_charge));
  const metadata = Object.entries(intent.metadata).map(([name, value]) => `${name} ${value}`);
  const why = intent.last_payment_error?.message ?? '';
  return `<tr>
    <td><code>${escapeHtml(intent.id)}</code><br><span class="quiet">${escapeHtml(metadata.join(', '))}</span></td>
    <td class="number">${money(intent.amount, intent.currency)}</td>
    <td>${intent.status}<br><span class="quiet">${escapeHtml(why)}</span></td>
    <td class="number">${charge?.amount_refunded ? money(charge.amount_refunded, intent.currency) : ''}</td>
    <td class="quiet">${deliveriesOf(account, intent)}</td>
  </tr>`;
};

const cardRow = (name: string): string => {
  const card = testCards[name];
  const does = [
    card?.threeDSecure ? '3-D Secure' : '',
    card?.decline ? card.decline.message : 'is taken',
    card?.refund ? `its refund ${card.refund.replace('_', ' ')}` : '',
  ];
  return `<tr><td><code>${card?.number}</code></td><td><code>pm_card_${name}</code></td><td>${escapeHtml(does.filter(Boolean).join(', '))}</td></tr>`;
};

/** What this stand-in holds, for whoever opens it in a browser. */
export const overviewPage = (account: Account): string => {
  const newest = [...account.intents.values()].slice(-shownPayments).reverse();
  const rows = newest.map((intent) => paymentRow(account, intent)).join('');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Stripe stand-in</title><style>${style}</style></head>
<body>
<h1>Stripe stand-in</h1>
<p>No money moves here. ${account.intents.size} payment(s); the newest ${shownPayments} are shown.</p>
<table>
<thead><tr><th>payment</th><th>amount</th><th>state</th><th>refunded</th><th>webhooks</th></tr></thead>
<tbody>${rows || '<tr><td colspan="5" class="quiet">Nothing yet.</td></tr>'}</tbody>
</table>
<h2>Test cards</h2>
<p>Any expiry in the future, any three digits behind the number.</p>
<table><tbody>${Object.keys(testCards).map(cardRow).join('')}</tbody></table>
</body>
</html>`;
};
