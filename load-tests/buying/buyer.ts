import type { placeBooking } from '@guichet/contracts/bookings';
import type { Answer, CallInput } from '@guichet/contracts/client';
import type { quoteOffering } from '@guichet/contracts/quotes';
import { sleep } from 'k6';
import { Counter } from 'k6/metrics';
import { type Answered, ask, read } from './api.ts';
import type { OpenSlot } from './organiser.ts';
import { type Outcome, outcomeOf, waitSecondsOf } from './outcome.ts';

type Placed = Answer<typeof placeBooking>;

const outcomes = {
  booked: new Counter('booked'),
  sold_out: new Counter('sold_out'),
  shed: new Counter('shed'),
  unexpected: new Counter('unexpected'),
} satisfies Record<Outcome, Counter>;
/** Bookings that were answered, less those that the books turn out to have: nothing, in the end. */
export const unaccounted = new Counter('unaccounted');
const askedAgain = new Counter('asked_again');
const doubled = new Counter('doubled');
const cancelled = new Counter('cancelled');
const cutOff = new Counter('cut_off');

/** The books tell the bookings of who was cut off by this name: nobody knows how many there are. */
export const cutOffName = 'Cut-off';

/** What this buyer has complained of: once is enough to know of it, a thousand times hides the rest. */
const complained = new Set<string>();

export function complain(what: string, { status, error, body }: Answered): void {
  outcomes.unexpected.add(1);
  if (complained.has(`${what} ${status}`)) return;
  complained.add(`${what} ${status}`);
  // biome-ignore lint/suspicious/noConsole: k6 has no other way to write a line
  console.error(`${what} was answered ${status} ${error}: ${String(body ?? '').slice(0, 300)}`);
}

/** A look at what is left of an offering. */
export function look({ offeringId }: OpenSlot): void {
  const answer = ask({
    path: `/api/availability?offeringId=${offeringId}`,
    name: 'availability',
    service: 'reservation',
    unread: true,
  });
  if (answer.status !== 200) complain('A look', answer);
}

/** Leave to buy where there is a waiting room. */
const showing = (admission: string | undefined): Record<string, string> =>
  admission === undefined ? {} : { 'x-admission': admission };

/** The price of one to three places, signed; nothing when there was no answer to go on with. */
export function quote(
  { offeringId, slotId }: OpenSlot,
  places?: number,
  admission?: string,
): string | undefined {
  const adult = places ?? 1 + Math.floor(Math.random() * 3);
  const body: CallInput<typeof quoteOffering>['body'] = { slotId, party: { adult } };
  const path = `/api/offerings/${offeringId}/quotes`;
  const headers = showing(admission);
  const answer = ask({ method: 'POST', path, body, headers, name: 'quote', service: 'catalog' });
  if (answer.status === 200) return String(read(answer, 'quote'));
  complain('A quote', answer);
  return undefined;
}

type Wish = { key: string; lastName?: string; cutOffAfterMs?: number; admission?: string };

function askForPlaces(
  quoted: string,
  { key, lastName = 'Lovelace', cutOffAfterMs, admission }: Wish,
): Answered {
  const contact = {
    email: `load.${key.slice(0, 8)}@example.com`,
    firstName: 'Ada',
    lastName,
    language: 'en',
  } as const;
  const body: CallInput<typeof placeBooking>['body'] = { quote: quoted, contact };
  return ask({
    method: 'POST',
    path: '/api/bookings',
    body,
    headers: { 'idempotency-key': key, ...showing(admission) },
    name: 'booking',
    service: 'reservation',
    ...(cutOffAfterMs === undefined ? {} : { cutOffAfterMs }),
  });
}

/** Counts what became of it, and answers the booking if there is one. */
function account(answer: Answered): Placed | undefined {
  const outcome = outcomeOf(answer.status, read(answer, 'code'));
  if (outcome === 'unexpected') {
    complain('A booking', answer);
    return undefined;
  }
  outcomes[outcome].add(1);
  if (outcome !== 'booked') return undefined;
  unaccounted.add(1);
  return answer.json() as unknown as Placed;
}

export const place = (quoted: string, admission?: string): Placed | undefined =>
  account(askForPlaces(quoted, { key: crypto.randomUUID(), ...(admission ? { admission } : {}) }));

/** Asks for places and has gone before the answer comes, mostly. */
export function placeAndBeCutOff(quoted: string): void {
  const cutOffAfterMs = 1 + Math.floor(Math.random() * 20);
  try {
    askForPlaces(quoted, { key: crypto.randomUUID(), lastName: cutOffName, cutOffAfterMs });
  } catch {
    cutOff.add(1);
  }
}

export function cancel({ id, manageToken }: Placed): void {
  const answer = ask({
    method: 'POST',
    path: `/api/bookings/${id}/cancel`,
    headers: { 'x-manage-token': manageToken },
    name: 'cancel',
    service: 'reservation',
  });
  if (answer.status === 200) cancelled.add(1);
  else complain('A cancellation', answer);
}

const mostTries = 5;

/** Asks until there is an answer to go by, with the same key, and no sooner than it is told to. */
function askUntilAnswered(quoted: string, key: string): Answered {
  let answer = askForPlaces(quoted, { key });
  for (let tries = 1; tries < mostTries && isForNow(answer); tries += 1) {
    sleep(waitSecondsOf(answer.headers['Retry-After']));
    askedAgain.add(1);
    answer = askForPlaces(quoted, { key });
  }
  return answer;
}

/** As the page does: whoever is asked to come again in a moment does. */
export const placePatiently = (quoted: string): Placed | undefined =>
  account(askUntilAnswered(quoted, crypto.randomUUID()));

/** Then once more, as when the answer was lost on its way. Both must name the one booking. */
export function placeInsisting(quoted: string): void {
  const key = crypto.randomUUID();
  const placed = account(askUntilAnswered(quoted, key));
  if (!placed) return;
  askedAgain.add(1);
  const again = askForPlaces(quoted, { key });
  if (again.status !== 201) complain('A booking that was asked for again', again);
  else if (read(again, 'id') !== placed.id) doubled.add(1);
}

/** Nothing was answered, or that another try may be answered better. */
const isForNow = (answer: Answered): boolean =>
  [0, 429, 502, 503, 504].includes(answer.status) ||
  read(answer, 'code') === 'idempotency_key_in_flight';
