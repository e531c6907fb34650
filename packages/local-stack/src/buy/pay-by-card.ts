import { getBooking } from '@guichet/contracts/bookings';
import { type Buyer, clock, type Placed } from './buyer.ts';
import { CannotBuy } from './read-stack.ts';
import { authenticate, type CardAnswer, confirmCard } from './stripe-card.ts';

const sayAnswer = (answer: CardAnswer): string => {
  switch (answer.outcome) {
    case 'declined':
      return `declined (${answer.code}): ${answer.message}`;
    case 'authentication':
      return 'the bank asks who pays (3-D Secure)';
    default:
      return `the card was taken: ${answer.outcome}`;
  }
};

/** Whether the card was taken, after 3-D Secure where the bank asked for it. */
export const payByCard = async (buyer: Buyer, clientSecret: string): Promise<boolean> => {
  const { stack, fetch, choices, step } = buyer;
  const answer = await step('Card', async () => {
    const value = await confirmCard(stack, fetch, { clientSecret, card: choices.card });
    return { value, says: sayAnswer(value) };
  });
  if (answer.outcome !== 'authentication') return answer.outcome !== 'declined';

  return step('3-D Secure', async () => {
    const status = await authenticate(fetch, answer.url);
    const taken = status === 'succeeded' || status === 'processing';
    return { value: taken, says: taken ? `the card was taken: ${status}` : 'declined by the bank' };
  });
};

/** A declined card must leave the booking as it was, so that another card may pay it. */
export const showHold = ({ api, choices, step, broken }: Buyer, { id, manageToken }: Placed) =>
  step('Hold', async () => {
    const booking = await api.call(getBooking, { params: { id }, manageToken });
    const { status, holdExpiresAt, reference } = booking;
    if (status !== 'PENDING' || !holdExpiresAt || new Date(holdExpiresAt) <= new Date()) {
      throw new CannotBuy(
        `The card was declined, and the hold is gone: ${reference} is ${status}, held until ${holdExpiresAt}.`,
      );
    }
    if (!choices.cardNamed) broken.push(`The card ${choices.card} was declined.`);
    return {
      value: undefined,
      says: `the places of ${reference} are kept until ${clock(holdExpiresAt)} UTC: another card may pay`,
    };
  });
