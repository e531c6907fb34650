import Stripe from 'stripe';
import type { StartedStack } from '../stack/start-stack.ts';

/** A stack, as far as its Stripe goes. */
type Books = { stack: Pick<StartedStack, 'stack' | 'secrets'> };

/** The real SDK with the stack's secret key: what Stripe itself would say. */
export const stripeOf = ({ stack }: Books): Stripe => {
  const { hostname, port } = new URL(stack.stack.stripe.api);
  return new Stripe(stack.secrets.stripeSecretKey, { host: hostname, port, protocol: 'http' });
};

export const intentsOf = async (
  world: Books,
  bookingId: string,
): Promise<Stripe.PaymentIntent[]> => {
  const intents: Stripe.PaymentIntent[] = [];
  for await (const intent of stripeOf(world).paymentIntents.list({ limit: 100 })) {
    if (Object.values(intent.metadata).includes(bookingId)) intents.push(intent);
  }
  return intents;
};

/** The charges that took money for a booking. */
export const chargesOf = async (world: Books, bookingId: string): Promise<Stripe.Charge[]> => {
  const taken: Stripe.Charge[] = [];
  for (const { id } of await intentsOf(world, bookingId)) {
    const { data } = await stripeOf(world).charges.list({ payment_intent: id, limit: 100 });
    taken.push(...data.filter(({ status }) => status === 'succeeded'));
  }
  return taken;
};

const admin = ({ stack }: Books, path: string) => new URL(`/_admin${path}`, stack.stack.stripe.api);

/** `POST /_admin/…` of the Stripe stand-in. */
export const askStandIn = async (world: Books, path: string, body: object): Promise<void> => {
  const answer = await fetch(admin(world, path), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
};

export const clearFaults = async (world: Books): Promise<void> => {
  await fetch(admin(world, '/faults'), { method: 'DELETE' });
};

/** No webhook tells that an intent was created. */
export const loseNewsOfCreation = (world: Books): Promise<void> =>
  askStandIn(world, '/faults', { fault: 'webhook_drop', types: ['payment_intent.created'] });
