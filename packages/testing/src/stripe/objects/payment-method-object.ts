import type Stripe from 'stripe';
import { stripeId } from '../account.ts';
import type { TestCard } from '../test-cards.ts';

export const noBillingDetails = (): Stripe.PaymentMethod.BillingDetails => ({
  address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
  email: null,
  name: null,
  phone: null,
  tax_id: null,
});

/** Whose card it is, as far as a page says. */
export type GivenBilling = {
  [Field in 'name' | 'email' | 'phone']?: string | undefined;
} & { address?: { [Part in keyof Stripe.Address]?: string | undefined } | undefined };

const billingDetails = ({ address, ...given }: GivenBilling) => {
  const none = noBillingDetails();
  return { ...none, ...given, address: { ...none.address, ...address } };
};

export const cardChecks = () => ({
  address_line1_check: null,
  address_postal_code_check: null,
  cvc_check: 'pass',
});

const threeDSecureUsage = { supported: true };

export const paymentMethodObject = (
  card: TestCard,
  details: { created: number; expMonth: number; expYear: number; billing: GivenBilling },
): Stripe.PaymentMethod => ({
  id: stripeId('pm'),
  object: 'payment_method',
  allow_redisplay: 'unspecified',
  billing_details: billingDetails(details.billing) as Stripe.PaymentMethod.BillingDetails,
  card: {
    brand: card.brand,
    checks: cardChecks(),
    country: 'FR',
    display_brand: card.brand,
    exp_month: details.expMonth,
    exp_year: details.expYear,
    fingerprint: null,
    funding: card.funding ?? 'credit',
    generated_from: null,
    last4: card.number.slice(-4),
    networks: { available: [card.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: threeDSecureUsage,
    wallet: null,
  },
  created: details.created,
  customer: null,
  customer_account: null,
  livemode: false,
  metadata: {},
  type: 'card',
});
