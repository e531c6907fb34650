import { expect, test } from 'vitest';
import { cancelBooking } from './booking-changes.ts';
import { createClient, ProblemAnswer, UnexpectedAnswer, urlOf } from './client.ts';
import { addPicture } from './pictures.ts';
import { quoteOffering } from './quotes.ts';
import { availability } from './slots.ts';

const offeringId = '0197a6f0-0000-7000-8000-000000000001';
const answering = (response: Response, seen: Request[] = []) =>
  createClient({
    baseUrl: 'http://guichet.test',
    fetch: async (url, init) => {
      seen.push(new Request(url as URL, init));
      return response;
    },
  });

test('fills params and query, percent-encoded, and leaves out what is undefined', () => {
  expect(urlOf('http://guichet.test', cancelBooking, { params: { id: 'a/b' } }).pathname).toBe(
    '/api/bookings/a%2Fb/cancel',
  );
  expect(
    urlOf('http://guichet.test', availability, {
      query: { offeringId, from: '2027-01-01T00:00:00+01:00', to: undefined },
    }).search,
  ).toBe(`?offeringId=${offeringId}&from=2027-01-01T00%3A00%3A00%2B01%3A00`);
});

test('sends the body as JSON and answers the parsed body', async () => {
  const seen: Request[] = [];
  const none = { organiserId: offeringId, timeZone: 'Europe/Paris', items: [] };
  const client = answering(Response.json(none), seen);

  expect(await client.call(availability, { query: { offeringId } })).toEqual(none);
  expect(seen[0]?.method).toBe('GET');
});

test('sends raw bytes as they are, under their media type', async () => {
  const seen: Request[] = [];
  const picture = { id: offeringId, alt: { en: 'A' }, width: 1, height: 1, colour: '#336699' };
  const client = answering(Response.json(picture, { status: 201 }), seen);
  const body = new Uint8Array([137, 80, 78, 71, 0, 255]);

  await client.call(addPicture, { params: { id: offeringId }, body, mediaType: 'image/png' });

  expect(seen[0]?.headers.get('content-type')).toBe('image/png');
  expect(new Uint8Array((await seen[0]?.arrayBuffer()) ?? [])).toEqual(body);
});

test('throws a problem as it was answered', async () => {
  const body = { type: 'about:blank', title: 'Conflict', status: 409, code: 'offering_withdrawn' };
  const client = answering(Response.json(body, { status: 409 }));

  const call = client.call(quoteOffering, {
    params: { id: offeringId },
    body: { slotId: offeringId, party: { adult: 1 } },
  });

  await expect(call).rejects.toThrow(ProblemAnswer);
  await expect(call).rejects.toMatchObject({ status: 409, code: 'offering_withdrawn' });
});

test('says what came instead when it was no problem', async () => {
  const client = answering(new Response('<html>', { status: 502 }));

  await expect(client.call(availability, { query: { offeringId } })).rejects.toThrow(
    UnexpectedAnswer,
  );
});
