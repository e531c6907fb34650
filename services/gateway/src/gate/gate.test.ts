import { randomBytes, randomUUID } from 'node:crypto';
import { createAdmissions, type LineKeys } from '@guichet/line-tokens/line-tokens';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { describe, expect, test } from 'vitest';
import { type Asking, createGate } from './gate.ts';
import { createGates } from './gates.ts';

const minuteMs = 60_000;
const keys: LineKeys = new Map([[1, randomBytes(32)]]);
const admissions = createAdmissions(keys);
const [offeringId, roomId, other] = [randomUUID(), randomUUID(), randomUUID()];
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
const booking = (admission?: string, more: Partial<Asking> & { off?: string } = {}): Asking => ({
  operation: { id: 'placeBooking' },
  path: '/api/bookings',
  admission,
  body: Buffer.from(JSON.stringify({ quote: quoteOf(more.off ?? offeringId), contact: {} })),
  subjectId: undefined,
  ...more,
});
const quoting = (admission?: string, id = offeringId): Asking => ({
  operation: { id: 'quoteOffering' },
  path: `/api/offerings/${id}/quotes`,
  admission,
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

test('what is no booking is refused by reservation, not here', async () => {
  const { check } = await openWith();

  for (const body of ['', '{', '{}', '{"quote":7}', '{"quote":"x.y.z"}']) {
    expect(check(booking(undefined, { body: Buffer.from(body) }))).toBeUndefined();
  }
  expect(check(booking(undefined, { body: null }))).toBeUndefined();
});

test('a gateway that was never told sells nothing for a minute, and then sells on', async () => {
  const { check, pass } = await openWith({ ask: false });

  expect(check(booking())).toBe('service_unavailable');
  expect(check(quoting())).toBe('service_unavailable');
  pass(59_999);
  expect(check(booking())).toBe('service_unavailable');
  pass(1);
  expect(check(booking())).toBeUndefined();
});
