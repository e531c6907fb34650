import type Stripe from 'stripe';
import { z } from 'zod';
import { ApiError, invalidRequest, noSuch } from '../api-error.ts';
import { hasCheckDigit } from '../check-digit.ts';
import { type GivenBilling, paymentMethodObject } from '../objects/payment-method-object.ts';
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

const text = z.string().optional();
export const billingParams = z.strictObject({
  name: text,
  email: text,
  phone: text,
  address: z
    .strictObject({
      city: text,
      country: text,
      line1: text,
      line2: text,
      postal_code: text,
      state: text,
    })
    .optional(),
});

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

const keepMethod = (
  work: Work,
  name: string,
  card: TestCard,
  details: { expMonth: number; expYear: number; billing?: GivenBilling | undefined },
) => {
  const { billing = {} } = details;
  const method = paymentMethodObject(card, { ...details, billing, created: work.now() });
  work.account.methods.set(method.id, method);
  work.account.cards.set(method.id, name);
  return method;
};

const refuseNumber = (number: string): never => {
  const digits = number.replace(/[ -]/g, '');
  if (!/^\d{12,19}$/.test(digits) || !hasCheckDigit(digits)) {
    throw cardError('incorrect_number', 'Your card number is incorrect.', 'number');
  }
  throw new ApiError(402, {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'test_mode_live_card',
    message:
      'Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.',
  });
};

export const createMethod = (
  work: Work,
  params: CardParams,
  billing?: GivenBilling,
): Stripe.PaymentMethod => {
  const name = findTestCardName(params.number);
  const card = testCards[name ?? ''];
  if (name === undefined || !card) return refuseNumber(params.number);

  refuseWrongDetails(params, new Date(work.now() * 1_000));
  const { exp_month: expMonth, exp_year: expYear } = params;
  return keepMethod(work, name, card, { expMonth, expYear, billing });
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
  return keepMethod(work, name, card, { expMonth: 12, expYear: 2034 });
};

export const cardBehind = ({ account }: Work, method: Stripe.PaymentMethod): TestCard => {
  const card = testCards[account.cards.get(method.id) ?? ''];
  if (!card) throw invalidRequest(`The card behind '${method.id}' is not one of the test cards.`);
  return card;
};
