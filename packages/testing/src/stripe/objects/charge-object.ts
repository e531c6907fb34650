import type Stripe from 'stripe';
import { stripeId } from '../account.ts';
import type { TestCard } from '../test-cards.ts';
import { cardChecks, noBillingDetails } from './payment-method-object.ts';

type Attempt = {
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
  card: TestCard;
  created: number;
  authenticated: boolean;
};

const cardDetails = ({ intent, method, card, authenticated }: Attempt) => ({
  amount_authorized: intent.amount,
  authorization_code: null,
  brand: card.brand,
  checks: cardChecks(),
  country: 'FR',
  electronic_commerce_indicator: null,
  exp_month: method.card?.exp_month ?? 12,
  exp_year: method.card?.exp_year ?? 2034,
  fingerprint: null,
  funding: card.funding ?? 'credit',
  installments: null,
  last4: card.number.slice(-4),
  mandate: null,
  network: card.brand,
  network_transaction_id: null,
  regulated_status: 'unregulated' as const,
  three_d_secure: authenticated
    ? {
        authentication_flow: 'challenge' as const,
        electronic_commerce_indicator: null,
        exemption_indicator: null,
        result: 'authenticated' as const,
        result_reason: null,
        transaction_id: null,
        version: '2.2.0' as const,
      }
    : null,
  transaction_link_id: null,
  wallet: null,
});

const outcome = ({ card }: Attempt): Stripe.Charge.Outcome => ({
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: card.decline ? 'declined_by_network' : 'approved_by_network',
  reason: card.decline?.declineCode ?? card.decline?.code ?? null,
  risk_level: 'normal',
  seller_message: card.decline ? 'The bank declined the payment.' : 'Payment complete.',
  type: card.decline ? 'issuer_declined' : 'authorized',
});

/** One attempt to charge a card; it is kept whether the bank agreed or not. */
export const chargeObject = (attempt: Attempt): Stripe.Charge => {
  const { intent, method, card, created } = attempt;
  const succeeded = !card.decline;
  const captured = succeeded && intent.capture_method !== 'manual';
  return {
    id: stripeId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: captured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: captured ? stripeId('txn') : null,
    billing_details: noBillingDetails(),
    calculated_statement_descriptor: 'GUICHET',
    captured,
    created,
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: card.decline?.code ?? null,
    failure_message: card.decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: outcome(attempt),
    paid: succeeded,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: 'card', card: cardDetails(attempt) },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: succeeded ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: null,
  };
};
