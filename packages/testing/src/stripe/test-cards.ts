/** How a card behaves, as https://docs.stripe.com/testing says of its number. */
export type TestCard = {
  number: string;
  brand: string;
  funding?: 'credit' | 'debit' | 'prepaid';
  /** `required`: the bank asks who pays; whether the charge then works is `decline`'s business. */
  threeDSecure?: 'required';
  decline?: { code: string; declineCode?: string; message: string };
  /** What becomes of a refund after it was accepted. */
  refund?: 'fails_later' | 'succeeds_later';
};

const declined = (declineCode: string, message: string, code = 'card_declined') => ({
  code,
  declineCode,
  message,
});
const generic = declined('generic_decline', 'Your card was declined.');
const noFunds = declined('insufficient_funds', 'Your card has insufficient funds.');

/** By the name that follows `pm_card_`. */
export const testCards: Readonly<Record<string, TestCard>> = {
  visa: { number: '4242424242424242', brand: 'visa' },
  visa_debit: { number: '4000056655665556', brand: 'visa', funding: 'debit' },
  mastercard: { number: '5555555555554444', brand: 'mastercard' },
  mastercard_debit: { number: '5200828282828210', brand: 'mastercard', funding: 'debit' },
  mastercard_prepaid: { number: '5105105105105100', brand: 'mastercard', funding: 'prepaid' },
  amex: { number: '378282246310005', brand: 'amex' },
  discover: { number: '6011111111111117', brand: 'discover' },
  diners: { number: '3056930009020004', brand: 'diners' },
  jcb: { number: '3566002020360505', brand: 'jcb' },
  fr: { number: '4000002500000003', brand: 'visa' },

  visa_chargeDeclined: { number: '4000000000000002', brand: 'visa', decline: generic },
  visa_chargeDeclinedInsufficientFunds: {
    number: '4000000000009995',
    brand: 'visa',
    decline: noFunds,
  },
  visa_chargeDeclinedLostCard: {
    number: '4000000000009987',
    brand: 'visa',
    decline: declined('lost_card', 'Your card was declined.'),
  },
  visa_chargeDeclinedStolenCard: {
    number: '4000000000009979',
    brand: 'visa',
    decline: declined('stolen_card', 'Your card was declined.'),
  },
  chargeDeclinedExpiredCard: {
    number: '4000000000000069',
    brand: 'visa',
    decline: { code: 'expired_card', message: 'Your card has expired.' },
  },
  chargeDeclinedIncorrectCvc: {
    number: '4000000000000127',
    brand: 'visa',
    decline: { code: 'incorrect_cvc', message: "Your card's security code is incorrect." },
  },
  chargeDeclinedProcessingError: {
    number: '4000000000000119',
    brand: 'visa',
    decline: {
      code: 'processing_error',
      message: 'An error occurred while processing your card. Try again in a little bit.',
    },
  },
  visa_chargeDeclinedVelocityLimitExceeded: {
    number: '4000000000006975',
    brand: 'visa',
    decline: declined('card_velocity_exceeded', 'Your card was declined.'),
  },

  authenticationRequiredOnSetup: {
    number: '4000002500003155',
    brand: 'visa',
    threeDSecure: 'required',
  },
  authenticationRequired: { number: '4000002760003184', brand: 'visa', threeDSecure: 'required' },
  threeDSecure2Required: { number: '4000000000003220', brand: 'visa', threeDSecure: 'required' },
  authenticationRequiredChargeDeclinedInsufficientFunds: {
    number: '4000008260003178',
    brand: 'visa',
    threeDSecure: 'required',
    decline: noFunds,
  },
  threeDSecureRequiredChargeDeclined: {
    number: '4000008400001629',
    brand: 'visa',
    threeDSecure: 'required',
    decline: generic,
  },

  pendingRefund: { number: '4000000000007726', brand: 'visa', refund: 'succeeds_later' },
  refundFail: { number: '4000000000005126', brand: 'visa', refund: 'fails_later' },
};

export const findTestCardName = (number: string): string | undefined =>
  Object.keys(testCards).find((name) => testCards[name]?.number === number.replace(/[ -]/g, ''));
