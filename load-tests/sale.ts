import { check } from 'k6';
import http, { type RefinedResponse, type ResponseType } from 'k6/http';

/** What is on sale and where, as the runner prepared it. */
export const baseUrl = __ENV.BASE_URL ?? 'http://127.0.0.1:31080';
/** What visitors look at: an offering with a long timetable. */
const lookedAt = __ENV.OFFERING ?? '';
/** What they book, `offering:slot,…`. */
const slots = (__ENV.SLOTS ?? '').split(',').map((pair) => {
  const [offeringId = '', slotId = ''] = pair.split(':');
  return { offeringId, slotId };
});
const anySlot = () =>
  slots[Math.floor(Math.random() * slots.length)] ?? { offeringId: '', slotId: '' };

/** A line for the runner, which reads what happened to each request that mattered. */
// biome-ignore lint/suspicious/noConsole: k6 has no other way to write a line
const tell = (fact: Record<string, unknown>) => console.log(JSON.stringify(fact));

/** Nothing is tried again: a request that fails is what is looked for. */
function expectStatus(
  response: RefinedResponse<ResponseType>,
  what: string,
  ...expected: number[]
): boolean {
  const good = check(response, {
    [`${what} is answered`]: ({ status }) => expected.includes(status),
  });
  if (!good) {
    const { status, error, error_code, body } = response;
    const said = String(body ?? '').slice(0, 300);
    tell({ failed: what, at: new Date().toISOString(), status, error, error_code, said });
  }
  return good;
}

const json = { 'content-type': 'application/json' };

/** A visitor who looks: what there is, and what is left of it. */
export function look(): void {
  const offering = http.get(`${baseUrl}/api/offerings/${lookedAt}`, {
    tags: { name: 'offering', service: 'catalog' },
  });
  expectStatus(offering, 'the offering', 200);
  const availability = http.get(`${baseUrl}/api/availability?offeringId=${lookedAt}`, {
    tags: { name: 'availability', service: 'reservation' },
  });
  expectStatus(availability, 'availability', 200);
}

/** A guest who takes two places, of one slot or another; the last ones may be gone. */
export function book(): void {
  const { offeringId, slotId } = anySlot();
  const quoted = http.post(
    `${baseUrl}/api/offerings/${offeringId}/quotes`,
    JSON.stringify({ slotId, party: { adult: 2 } }),
    { headers: json, tags: { name: 'quote', service: 'catalog' } },
  );
  if (!expectStatus(quoted, 'a quote', 200, 201)) return;

  const key = crypto.randomUUID();
  const contact = {
    email: `guest.${key.slice(0, 8)}@example.com`,
    firstName: 'Ada',
    lastName: 'Lovelace',
    language: 'en',
  };
  const placed = http.post(
    `${baseUrl}/api/bookings`,
    JSON.stringify({ quote: quoted.json('quote'), contact }),
    {
      headers: { ...json, 'idempotency-key': key },
      tags: { name: 'booking', service: 'reservation' },
      responseCallback: http.expectedStatuses(201, 409),
    },
  );
  const soldOut = placed.status === 409 && placed.json('code') === 'sold_out';
  if (soldOut) tell({ soldOut: slotId });
  else if (expectStatus(placed, 'a booking', 201)) {
    tell({ booked: placed.json('id'), key, slotId, places: 2 });
  }
}
