import type Stripe from 'stripe';
import { z } from 'zod';
import { ApiError, invalidRequest, noSuch } from '../api-error.ts';
import { paymentMethodObject } from '../objects/payment-method-object.ts';
import { integer } from '../params.ts';
import { findTestCardName, type TestCard, testCards } from '../test-cards.ts';
import type { Work } from '../work.ts';

/** A card as a page's element sends it. */
export const cardParams = z.strictObject({
  number: z.string(),
  exp_month: integer(),
  exp_year: integer(),
  cvc: z.string().optional(),
});
type CardParams = z.output<typeof cardParams>;

const cardError = (code: string, message: string, param: string): ApiError =>
  new ApiError(402, { type: 'card_error', code, message, param });

const refuseWrongDetails = (card: CardParams, now: Date): void => {
  const year = card.exp_year < 100 ? 2_000 + card.exp_year : card.exp_year;
  const thisYear = now.getUTCFullYear();
  if (card.exp_month < 1 || card.exp_month > 12) {
    throw cardError(
      'invalid_expiry_month',
      "Your card's expiration month is invalid.",
      'exp_month',
    );
  }
  if (year < thisYear || (year === thisYear && card.exp_month < now.getUTCMonth() + 1)) {
    throw cardError('invalid_expiry_year', "Your card's expiration year is invalid.", 'exp_year');
  }
  if (card.cvc !== undefined && !/^\d{3,4}$/.test(card.cvc)) {
    throw cardError('invalid_cvc', "Your card's security code is invalid.", 'cvc');
  }
};

const keepMethod = (work: Work, name: string, card: TestCard, expiry: [number, number]) => {
  const [expMonth, expYear] = expiry;
  const method = paymentMethodObject(card, { created: work.now(), expMonth, expYear });
  work.account.methods.set(method.id, method);
  work.account.cards.set(method.id, name);
  return method;
};

export const createMethod = (work: Work, params: CardParams): Stripe.PaymentMethod => {
  const name = findTestCardName(params.number);
  const card = name === undefined ? undefined : testCards[name];
  if (name === undefined || !card) {
    throw cardError('incorrect_number', 'Your card number is incorrect.', 'number');
  }

  refuseWrongDetails(params, new Date(work.now() * 1_000));
  return keepMethod(work, name, card, [params.exp_month, params.exp_year]);
};

export const getMethod = ({ account }: Work, id: string): Stripe.PaymentMethod => {
  const method = account.methods.get(id);
  if (!method) throw noSuch('PaymentMethod', id);
  return method;
};

/** `pm_card_visa` and its siblings stand for a fresh method each time they are used. */
export const resolveMethod = (work: Work, id: string): Stripe.PaymentMethod => {
  if (!id.startsWith('pm_card_')) return getMethod(work, id);

  const name = id.slice('pm_card_'.length);
  const card = testCards[name];
  if (!card) throw noSuch('PaymentMethod', id);
  return keepMethod(work, name, card, [12, 2034]);
};

export const cardBehind = ({ account }: Work, method: Stripe.PaymentMethod): TestCard => {
  const card = testCards[account.cards.get(method.id) ?? ''];
  if (!card) throw invalidRequest(`The card behind '${method.id}' is not one of the test cards.`);
  return card;
};
