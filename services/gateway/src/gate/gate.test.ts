import { randomBytes, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { newId } from '@guichet/contracts/ids';
import { admissionHeader } from '@guichet/contracts/lines';
import { createAdmissions, type LineKeys } from '@guichet/line-tokens/line-tokens';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { describe, expect, test } from 'vitest';
import { type Asking, createGate } from './gate.ts';
import { createGates } from './gates.ts';

const minuteMs = 60_000;
const keys: LineKeys = new Map([[1, randomBytes(32)]]);
const admissions = createAdmissions(keys);
const [offeringId, roomId, other]: [string, string, string] = [newId(), newId(), newId()];
const atMs = 1_800_000_000_000;

/** A gate that was told of one room, its own clock so far behind the room’s. */
async function openWith({
  behindMs = 0,
  verify = admissions.verify,
  closesInMs = 60 * minuteMs,
  ask = true,
} = {}) {
  let nowMs = atMs - behindMs;
  const metrics = createMetrics({ service: 'test' });
  const gates = createGates({
    ask: async () => {
      if (!ask) throw new Error('it is away');
      return {
        now: new Date(nowMs + behindMs).toISOString(),
        gates: [{ offeringId, roomId, closesAt: new Date(atMs + closesInMs).toISOString() }],
      };
    },
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics,
    now: () => nowMs,
  });
  await gates.hear();
  const gate = createGate({ gates, verify, metrics });
  return {
    metrics,
    /** What a request comes to: an admission’s id, nothing, or the code it is refused with. */
    check(asking: Asking): string | undefined {
      try {
        return gate.check(asking);
      } catch (error) {
        return (error as { code: string }).code;
      }
    },
    pass(ms: number) {
      nowMs += ms;
    },
  };
}

const claims = {
  id: randomUUID(),
  room: roomId,
  off: offeringId,
  iat: atMs / 1_000,
  exp: atMs / 1_000 + 600,
};
const quoteOf = (off: string) =>
  `head.${Buffer.from(JSON.stringify({ org: other, off })).toString('base64url')}.signature`;
const showing = (admission?: string) => ({
  'content-type': 'application/json',
  ...(admission === undefined ? {} : { [admissionHeader]: admission }),
});
const booking = (admission?: string, more: Partial<Asking> & { off?: string } = {}): Asking => ({
  operation: { id: 'placeBooking' },
  path: '/api/bookings',
  headers: showing(admission),
  body: Buffer.from(JSON.stringify({ quote: quoteOf(more.off ?? offeringId), contact: {} })),
  subjectId: undefined,
  ...more,
});
const quoting = (admission?: string, id = offeringId): Asking => ({
  operation: { id: 'quoteOffering' },
  path: `/api/offerings/${id}/quotes`,
  headers: showing(admission),
  body: null,
  subjectId: undefined,
});

test('who was let in chooses and books, and nobody else does', async () => {
  const { check } = await openWith();
  const admission = admissions.sign(claims);

  expect(check(quoting(admission))).toBe(claims.id);
  expect(check(booking(admission))).toBe(claims.id);
  expect(check(quoting())).toBe('admission_required');
  expect(check(booking())).toBe('admission_required');
});

test('where there is no room nobody is asked for anything', async () => {
  const { check } = await openWith();

  expect(check(quoting(undefined, other))).toBeUndefined();
  expect(check(booking(undefined, { off: other }))).toBeUndefined();
  expect(
    check({ ...quoting(), operation: { id: 'availability' }, path: '/api/availability' }),
  ).toBeUndefined();
});

test('a room that is closed is no gate', async () => {
  const { check, pass } = await openWith({ closesInMs: minuteMs });
  pass(minuteMs);

  expect(check(booking())).toBeUndefined();
});

describe('an admission is refused', () => {
  test.each([
    ['of another room', { room: other }, 'admission_of_another_sale'],
    ['of another offering', { off: other }, 'admission_of_another_sale'],
    ['of an account, without it', { sub: 'ada' }, 'admission_of_another_sale'],
    ['that has lapsed', { exp: atMs / 1_000 - 1 }, 'admission_lapsed'],
    ['in the second in which it ends', { exp: atMs / 1_000 }, 'admission_lapsed'],
  ])('%s', async (_, change, code) => {
    const { check } = await openWith();

    expect(check(booking(admissions.sign({ ...claims, ...change })))).toBe(code);
  });

  test('that somebody else has signed, or nobody', async () => {
    const { check } = await openWith();
    const forged = createAdmissions(new Map([[1, randomBytes(32)]])).sign(claims);

    expect(check(booking(forged))).toBe('admission_invalid');
    expect(check(booking('nonsense'))).toBe('admission_invalid');
  });

  test('and is counted by its reason', async () => {
    const { check, metrics } = await openWith();
    check(booking());
    check(booking('nonsense'));
    check(booking(admissions.sign(claims)));

    const told = await metrics.registry.metrics();
    expect(told).toMatch(/guichet_gate_refusals_total\{reason="admission_required".*\} 1/);
    expect(told).toMatch(/guichet_gate_refusals_total\{reason="admission_invalid".*\} 1/);
    expect(told).toMatch(/guichet_gate_passes_total\{.*\} 1/);
  });
});

test('an account’s admission is good with that account', async () => {
  const { check } = await openWith();
  const admission = admissions.sign({ ...claims, sub: 'ada' });

  expect(check(booking(admission, { subjectId: 'ada' }))).toBe(claims.id);
});

test('without signatures a forged admission passes: they are what keeps it out', async () => {
  const { check } = await openWith({
    verify: (token) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()),
  });
  const forged = createAdmissions(new Map([[1, randomBytes(32)]])).sign(claims);

  expect(check(booking(forged))).toBe(claims.id);
});

test.each([-5, 5])('a clock that is off by %s minutes changes nothing', async (minutes) => {
  const { check, pass } = await openWith({ behindMs: minutes * minuteMs });
  const admission = admissions.sign(claims);

  expect(check(booking(admission))).toBe(claims.id);
  pass(599_000);
  expect(check(booking(admission))).toBe(claims.id);
  pass(1_000);
  expect(check(booking(admission))).toBe('admission_lapsed');
});

test('what names no offering is refused by reservation, not here', async () => {
  const { check } = await openWith();

  for (const body of ['{}', '[]', 'null', '{"quote":7}', '{"quote":"x.y.z"}']) {
    expect(check(booking(undefined, { body: Buffer.from(body) }))).toBeUndefined();
  }
  expect(check(booking(undefined, { body: null }))).toBeUndefined();
});

test.each(['', '{', '\uFEFF{}'])(
  '%j, which others may read otherwise, is passed to nobody',
  async (text) => {
    const { check } = await openWith();

    expect(check(booking(undefined, { body: Buffer.from(text) }))).toBe('invalid_request');
  },
);

test.each([
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'identity, br' },
  { 'content-type': 'application/json; charset=utf-7' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'application/json; x="charset=utf-8"; charset=utf-7' },
  { 'content-type': 'text/plain' },
])('a booking with %j is no way past a room', async (headers) => {
  const { check } = await openWith();
  const body = gzipSync(booking().body ?? '');

  expect(check(booking(undefined, { headers, body }))).toBe('unsupported_media_type');
});

test.each(['application/json;charset=UTF-8', 'application/json; charset="utf-8"'])(
  'a booking as %s is read',
  async (type) => {
    const { check } = await openWith();

    expect(check(booking(undefined, { headers: { 'content-type': type } }))).toBe(
      'admission_required',
    );
  },
);

test('an offering has its room however its id is written', async () => {
  const { check } = await openWith();
  const encoded = `%${offeringId.charCodeAt(0).toString(16)}${offeringId.slice(1)}`;

  expect(check(quoting(undefined, encoded))).toBe('admission_required');
  expect(check(quoting(undefined, offeringId.toUpperCase()))).toBe('admission_required');
  expect(check(booking(undefined, { off: offeringId.toUpperCase() }))).toBe('admission_required');
  expect(check(booking(admissions.sign(claims), { off: offeringId.toUpperCase() }))).toBe(
    claims.id,
  );
});

test('a booking that is sent again when its room has closed is of the same admission', async () => {
  const { check, pass } = await openWith({ closesInMs: minuteMs });
  const admission = admissions.sign(claims);
  pass(minuteMs);

  expect(check(booking(admission))).toBe(claims.id);
  // Of another offering it uses up nothing.
  expect(check(booking(admission, { off: other }))).toBeUndefined();
  expect(check(booking('nonsense'))).toBeUndefined();
});

test('a gateway that was never told sells nothing for a minute, and then sells on', async () => {
  const { check, pass } = await openWith({ ask: false });

  expect(check(booking())).toBe('service_unavailable');
  expect(check(quoting())).toBe('service_unavailable');
  pass(59_999);
  expect(check(booking())).toBe('service_unavailable');
  pass(1);
  expect(check(booking())).toBeUndefined();
  expect(check(booking(admissions.sign(claims)))).toBe(claims.id);
});
