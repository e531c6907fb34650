import { randomBytes } from 'node:crypto';
import { newId } from '@guichet/contracts/ids';
import { admissionHeader, admissionIdHeader } from '@guichet/contracts/lines';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { createAdmissions } from '@guichet/line-tokens/line-tokens';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { expect, test } from 'vitest';
import { gatewayTo, service } from '../proxy/forward-test.ts';
import { createGate } from './gate.ts';
import { createGates } from './gates.ts';

const [offeringId, roomId, id] = [newId(), newId(), newId()] as const;
const admissions = createAdmissions(new Map([[1, randomBytes(32)]]));
const iat = Math.floor(Date.now() / 1_000);
const admission = admissions.sign({ id, room: roomId, off: offeringId, iat, exp: iat + 600 });
const quote = `a.${Buffer.from(JSON.stringify({ off: offeringId })).toString('base64url')}.c`;
const json = JSON.stringify({ quote });

/** A gateway with a gate before bookings, and what reservation was asked. */
async function startGated() {
  const asked: { headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
  const reservation = await service(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    asked.push({ headers: req.headers, body: Buffer.concat(chunks).toString() });
    res.writeHead(201).end();
  });
  const metrics = createMetrics({ service: 'test' });
  const gates = createGates({
    ask: async () => ({
      now: new Date().toISOString(),
      gates: [{ offeringId, roomId, closesAt: '2999-01-01T00:00:00Z' }],
    }),
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics,
  });
  await gates.hear();
  const gate = createGate({ gates, verify: admissions.verify, metrics });
  const discovery = createStaticDiscovery(`reservation=${reservation}`);
  const url = await gatewayTo(discovery, { gate, operationId: 'placeBooking' });
  const book = (body: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/bookings`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
      duplex: 'half',
    } as RequestInit);
  return { asked, book };
}

/** A body that does not say how long it is. */
const inPieces = (text: string) => new Blob([text.slice(0, 9), text.slice(9)]).stream();

test('reservation gets the booking whole, and the admission’s id from the gate alone', async () => {
  const { asked, book } = await startGated();
  const shown = { [admissionHeader]: admission, [admissionIdHeader]: 'theirs' };

  expect((await book(json, shown)).status).toBe(201);
  expect((await book(inPieces(json), shown)).status).toBe(201);

  expect(asked.map(({ body }) => body)).toEqual([json, json]);
  for (const { headers } of asked) {
    expect(headers[admissionIdHeader]).toBe(id);
    expect(headers).not.toHaveProperty(admissionHeader);
  }
});

test('a booking without an admission reaches nobody, however long it says it is', async () => {
  const { asked, book } = await startGated();
  const theirs = { [admissionIdHeader]: id };

  expect((await book(json, theirs)).status).toBe(403);
  expect((await book(inPieces(json), theirs)).status).toBe(403);
  // Longer than what is kept to be sent twice.
  expect((await book(`${json}${' '.repeat(100_000)}`, theirs)).status).toBe(403);

  expect(asked).toEqual([]);
});
