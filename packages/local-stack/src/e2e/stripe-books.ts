import Stripe from 'stripe';
import type { World } from './world.ts';

/** The real SDK with the stack's secret key: what Stripe itself would say. */
export const stripeOf = ({ stack }: World): Stripe => {
  const { hostname, port } = new URL(stack.stack.stripe.api);
  return new Stripe(stack.secrets.stripeSecretKey, { host: hostname, port, protocol: 'http' });
};

export const intentsOf = async (
  world: World,
  bookingId: string,
): Promise<Stripe.PaymentIntent[]> => {
  const intents: Stripe.PaymentIntent[] = [];
  for await (const intent of stripeOf(world).paymentIntents.list({ limit: 100 })) {
    if (Object.values(intent.metadata).includes(bookingId)) intents.push(intent);
  }
  return intents;
};

/** The charges that took money for a booking. */
export const chargesOf = async (world: World, bookingId: string): Promise<Stripe.Charge[]> => {
  const taken: Stripe.Charge[] = [];
  for (const { id } of await intentsOf(world, bookingId)) {
    const { data } = await stripeOf(world).charges.list({ payment_intent: id, limit: 100 });
    taken.push(...data.filter(({ status }) => status === 'succeeded'));
  }
  return taken;
};

/** `POST /_admin/…` of the Stripe stand-in. */
export const askStandIn = async (
  { stack }: World,
  path: string,
  body?: object,
): Promise<unknown> => {
  const answer = await fetch(new URL(`/_admin${path}`, stack.stack.stripe.api), {
    method: body ? 'POST' : 'DELETE',
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? undefined : answer.json();
};
