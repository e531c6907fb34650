import { z } from 'zod';
import { noSuch } from '../api-error.ts';
import { endpoint } from '../endpoint.ts';
import { listPage, listParams } from '../lists.ts';
import { expandParam, integer, metadata } from '../params.ts';
import { cardParams, createMethod, getMethod } from './payment-methods.ts';
import { createRefund } from './refunds.ts';

const retrieveParams = z.strictObject(expandParam);

const createPaymentMethod = endpoint({
  name: 'payment_methods.create',
  method: 'post',
  path: '/v1/payment_methods',
  byPage: true,
  params: z.strictObject({ type: z.literal('card'), card: cardParams, ...expandParam }),
  run: ({ work, params }) => createMethod(work, params.card),
});

const retrievePaymentMethod = endpoint({
  name: 'payment_methods.retrieve',
  method: 'get',
  path: '/v1/payment_methods/:id',
  params: retrieveParams,
  run: ({ work, id }) => getMethod(work, id),
});

const retrieveCharge = endpoint({
  name: 'charges.retrieve',
  method: 'get',
  path: '/v1/charges/:id',
  params: retrieveParams,
  run: ({ work, id }) => {
    const charge = work.account.charges.get(id);
    if (!charge) throw noSuch('charge', id);
    return charge;
  },
});

const listCharges = endpoint({
  name: 'charges.list',
  method: 'get',
  path: '/v1/charges',
  params: z.strictObject({ payment_intent: z.string().optional(), ...listParams, ...expandParam }),
  run: ({ work, params }) => {
    const charges = [...work.account.charges.values()].filter(
      ({ payment_intent }) => (params.payment_intent ?? payment_intent) === payment_intent,
    );
    return listPage(charges, params, '/v1/charges');
  },
});

const createRefundEndpoint = endpoint({
  name: 'refunds.create',
  method: 'post',
  path: '/v1/refunds',
  params: z.strictObject({
    payment_intent: z.string().optional(),
    charge: z.string().optional(),
    amount: integer(1).optional(),
    reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
    metadata,
    ...expandParam,
  }),
  run: ({ work, params }) =>
    createRefund(work, {
      paymentIntent: params.payment_intent,
      charge: params.charge,
      amount: params.amount,
      reason: params.reason ?? null,
      metadata: params.metadata,
    }),
});

const retrieveRefund = endpoint({
  name: 'refunds.retrieve',
  method: 'get',
  path: '/v1/refunds/:id',
  params: retrieveParams,
  run: ({ work, id }) => {
    const refund = work.account.refunds.get(id);
    if (!refund) throw noSuch('refund', id);
    return refund;
  },
});

const listRefunds = endpoint({
  name: 'refunds.list',
  method: 'get',
  path: '/v1/refunds',
  params: z.strictObject({
    payment_intent: z.string().optional(),
    charge: z.string().optional(),
    ...listParams,
    ...expandParam,
  }),
  run: ({ work, params }) => {
    const refunds = [...work.account.refunds.values()].filter(
      ({ payment_intent, charge }) =>
        (params.payment_intent ?? payment_intent) === payment_intent &&
        (params.charge ?? charge) === charge,
    );
    return listPage(refunds, params, '/v1/refunds');
  },
});

export const otherPaymentEndpoints = [
  createPaymentMethod,
  retrievePaymentMethod,
  retrieveCharge,
  listCharges,
  createRefundEndpoint,
  retrieveRefund,
  listRefunds,
];
