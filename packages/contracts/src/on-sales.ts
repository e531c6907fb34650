import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './shapes.ts';

/** `planned` before its time, `raised` while minimums are, `returning` as they are given back. */
export const onSalePhaseSchema = z.enum(['planned', 'raising', 'raised', 'returning', 'over']);

export const onSaleView = z.object({
  offeringId: idSchema,
  saleAt: instantSchema,
  expectedBuyers: z.int(),
  /** What the rate of bookings at its height is thought to be, each second. */
  perSecond: z.number(),
  phase: onSalePhaseSchema,
  raisesAt: instantSchema,
  returnsAt: instantSchema,
});

/** A service’s minimum of replicas: what a person set, what all sales together ask, what it is. */
export const raisedView = z.object({
  service: z.string(),
  ownMinimum: z.int(),
  wanted: z.int(),
  minimum: z.int(),
  /** Why it is not what is wanted: a bound, a person’s change, a dry run. */
  because: z.string().nullable(),
  expiresAt: instantSchema.nullable(),
});

/** Staff of an organiser see their own sales; minimums are everybody’s. */
export const onSales = operation({
  id: 'onSales',
  service: 'prescaler',
  method: 'get',
  path: '/api/on-sales',
  summary: 'The on-sales to come, and what the cluster is made ready with',
  access: { permission: 'slots:write' },
  responses: {
    200: z.object({
      dryRun: z.boolean(),
      leads: z.boolean(),
      sales: z.array(onSaleView),
      minimums: z.array(raisedView),
    }),
  },
});
