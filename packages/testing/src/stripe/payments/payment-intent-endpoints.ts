import type Stripe from 'stripe';
import { z } from 'zod';
import { invalidRequest } from '../api-error.ts';
import { type Call, endpoint } from '../endpoint.ts';
import { listPage, listParams } from '../lists.ts';
import { publishableView } from '../objects/payment-intent-object.ts';
import { expandParam, integer, metadata } from '../params.ts';
import {
  attachMethod,
  cancelIntent,
  captureIntent,
  confirmIntent,
  createIntent,
  getIntent,
} from './payment-intents.ts';
import { billingParams, cardParams, createMethod, resolveMethod } from './payment-methods.ts';

const methodData = z.strictObject({
  type: z.literal('card'),
  card: cardParams,
  billing_details: billingParams.optional(),
  allow_redisplay: z.enum(['always', 'limited', 'unspecified']).optional(),
});

const confirmParams = {
  payment_method: z.string().optional(),
  payment_method_data: methodData.optional(),
  return_url: z.string().optional(),
  use_stripe_sdk: z.stringbool().optional(),
};

type MethodGiven = {
  payment_method?: string | undefined;
  payment_method_data?: z.output<typeof methodData> | undefined;
};

const givenMethod = (
  { work }: Pick<Call<unknown>, 'work'>,
  { payment_method, payment_method_data }: MethodGiven,
): Stripe.PaymentMethod | undefined => {
  if (payment_method_data) {
    return createMethod(work, payment_method_data.card, payment_method_data.billing_details);
  }
  return payment_method === undefined ? undefined : resolveMethod(work, payment_method);
};

/** Where the customer is sent to the bank from: the page itself, or the address to return to. */
const nextAction = (params: {
  return_url?: string | undefined;
  use_stripe_sdk?: boolean | undefined;
}) => ({ returnUrl: params.use_stripe_sdk ? null : (params.return_url ?? null) });

/** A page proves that it may touch the intent by its client secret. */
const intentOf = (call: Call<{ client_secret?: string | undefined }>): Stripe.PaymentIntent => {
  const intent = getIntent(call.work, call.id);
  if (call.byPage && call.params.client_secret !== intent.client_secret) {
    throw invalidRequest(
      'The client_secret provided does not match any associated PaymentIntent on this account.',
      { code: 'payment_intent_invalid_parameter', param: 'client_secret' },
    );
  }
  return intent;
};

const shown = (call: Call<unknown>, intent: Stripe.PaymentIntent) =>
  call.byPage ? publishableView(intent) : intent;

const createPaymentIntent = endpoint({
  name: 'payment_intents.create',
  method: 'post',
  path: '/v1/payment_intents',
  params: z.strictObject({
    amount: integer(1),
    currency: z.string().length(3).toLowerCase(),
    automatic_payment_methods: z
      .strictObject({ enabled: z.stringbool(), allow_redirects: z.string().optional() })
      .optional(),
    capture_method: z.enum(['automatic', 'automatic_async', 'manual']).default('automatic_async'),
    confirm: z.stringbool().default(false),
    description: z.string().optional(),
    metadata,
    payment_method_types: z.array(z.string()).optional(),
    receipt_email: z.string().optional(),
    ...confirmParams,
    ...expandParam,
  }),
  run(call) {
    const { work, params } = call;
    const intent = createIntent(work, {
      amount: params.amount,
      currency: params.currency,
      captureMethod: params.capture_method,
      metadata: params.metadata,
      description: params.description ?? null,
      receiptEmail: params.receipt_email ?? null,
      methodTypes: params.payment_method_types,
    });
    const method = () => givenMethod(call, params);
    if (params.confirm) {
      return confirmIntent(work, intent, { method, ...nextAction(params) });
    }
    const given = method();
    return given ? attachMethod(intent, given) : intent;
  },
});

const retrievePaymentIntent = endpoint({
  name: 'payment_intents.retrieve',
  method: 'get',
  path: '/v1/payment_intents/:id',
  byPage: true,
  params: z.strictObject({ client_secret: z.string().optional(), ...expandParam }),
  run: (call) => shown(call, intentOf(call)),
});

const confirmPaymentIntent = endpoint({
  name: 'payment_intents.confirm',
  method: 'post',
  path: '/v1/payment_intents/:id/confirm',
  byPage: true,
  params: z.strictObject({
    client_secret: z.string().optional(),
    receipt_email: z.string().optional(),
    ...confirmParams,
    ...expandParam,
  }),
  run(call) {
    const intent = intentOf(call);
    intent.receipt_email = call.params.receipt_email ?? intent.receipt_email;
    const method = () => givenMethod(call, call.params);
    return shown(call, confirmIntent(call.work, intent, { method, ...nextAction(call.params) }));
  },
});

const cancelPaymentIntent = endpoint({
  name: 'payment_intents.cancel',
  method: 'post',
  path: '/v1/payment_intents/:id/cancel',
  params: z.strictObject({
    cancellation_reason: z
      .enum(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'])
      .optional(),
    ...expandParam,
  }),
  run: ({ work, id, params }) =>
    cancelIntent(work, getIntent(work, id), params.cancellation_reason ?? null),
});

const capturePaymentIntent = endpoint({
  name: 'payment_intents.capture',
  method: 'post',
  path: '/v1/payment_intents/:id/capture',
  params: z.strictObject({
    amount_to_capture: integer(1).optional(),
    ...expandParam,
  }),
  run: ({ work, id, params }) => captureIntent(work, getIntent(work, id), params.amount_to_capture),
});

const listPaymentIntents = endpoint({
  name: 'payment_intents.list',
  method: 'get',
  path: '/v1/payment_intents',
  params: z.strictObject({ ...listParams, ...expandParam }),
  run: ({ work, params }) =>
    listPage([...work.account.intents.values()], params, '/v1/payment_intents'),
});

export const paymentIntentEndpoints = [
  createPaymentIntent,
  retrievePaymentIntent,
  confirmPaymentIntent,
  cancelPaymentIntent,
  capturePaymentIntent,
  listPaymentIntents,
];
