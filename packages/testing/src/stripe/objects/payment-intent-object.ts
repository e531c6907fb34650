import { randomBytes } from 'node:crypto';
import type Stripe from 'stripe';
import { stripeId } from '../account.ts';

export type NewIntent = {
  amount: number;
  currency: string;
  created: number;
  captureMethod: 'automatic' | 'automatic_async' | 'manual';
  metadata: Record<string, string>;
  description: string | null;
  receiptEmail: string | null;
  methodTypes: string[] | undefined;
};

export const paymentIntentObject = (intent: NewIntent): Stripe.PaymentIntent => {
  const id = stripeId('pi');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: intent.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: intent.methodTypes
      ? null
      : { allow_redirects: 'always', enabled: true },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: intent.captureMethod,
    client_secret: `${id}_secret_${randomBytes(18).toString('hex')}`,
    confirmation_method: 'automatic',
    created: intent.created,
    currency: intent.currency,
    customer: null,
    customer_account: null,
    description: intent.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: intent.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: intent.methodTypes ?? ['card'],
    payment_record: null,
    processing: null,
    receipt_email: intent.receiptEmail,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
};

/** What a page may see with the publishable key: nothing of the merchant's own notes. */
export const publishableView = (intent: Stripe.PaymentIntent): Partial<Stripe.PaymentIntent> => {
  const { metadata: _metadata, latest_charge: _charge, ...shown } = intent;
  return shown;
};
