import { Refusal } from '@guichet/contracts/refusal';

const sentences = {
  room_not_found: 'There is no such waiting room.',
  room_not_open: 'Nobody can wait here yet. Come back when the room opens.',
  room_closed: 'This waiting room is closed. What is left can be booked without it.',
  visit_invalid:
    'This page was not loaded here, or too long ago. Load it again and join from there.',
  visit_too_fresh: 'The page was loaded less than a second ago. Join again in a moment.',
  account_required: 'A place in line is given to an account here. Sign in and join again.',
  email_code_wrong:
    'The code does not fit this e-mail address, or is too old. Ask for another one and join with it.',
  room_needs_no_code: 'This waiting room asks for no code. Join without one.',
  turns_per_holder: 'You have as many places in line as you may have. Wait with the one you have.',
  turns_per_address:
    'As many people wait from your network address as may. Join from another network.',
  too_fast_from_network:
    'Too many people join from your network at this moment. Try again in a minute.',
  too_many_codes:
    'Three codes were sent to this address within an hour. Use the last one, or try again later.',
  turn_invalid: 'This place in line is not of this room. Load the page again and join.',
  not_your_turn: 'It is not your turn yet. Wait until the line has come to you.',
  admission_lapsed:
    'The time in which you could buy is over. You may join the line again, at its end.',
  sold_out: 'All places are sold.',
} as const;

export type TurnRefusal = keyof typeof sentences;

export const statusOfTurnRefusal = {
  room_not_found: 404,
  room_not_open: 409,
  room_closed: 409,
  visit_invalid: 403,
  visit_too_fresh: 425,
  account_required: 401,
  email_code_wrong: 403,
  room_needs_no_code: 409,
  turns_per_holder: 409,
  turns_per_address: 429,
  too_fast_from_network: 429,
  too_many_codes: 429,
  turn_invalid: 403,
  not_your_turn: 409,
  admission_lapsed: 409,
  sold_out: 409,
} satisfies Record<TurnRefusal, number>;

/** When it is worth asking again, in seconds (RFC 9110, 10.2.3). */
const againAfter: Partial<Record<TurnRefusal, number>> = {
  visit_too_fresh: 1,
  turns_per_address: 60,
  too_fast_from_network: 60,
  too_many_codes: 3_600,
  not_your_turn: 2,
};

export function refusal(code: TurnRefusal): Refusal {
  const seconds = againAfter[code];
  const headers = seconds === undefined ? {} : { headers: { 'retry-after': String(seconds) } };
  return new Refusal(code, sentences[code], headers);
}
