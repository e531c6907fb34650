import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { versionedKeys } from '@guichet/config/key-settings';
import { admissionHeader } from '@guichet/contracts/lines';
import { closeRoom, openRoom } from '@guichet/contracts/waiting-rooms';
import { createGate } from '@guichet/gateway-service/src/gate/gate.ts';
import { createGates } from '@guichet/gateway-service/src/gate/gates.ts';
import { createAdmissions, type LineKeys } from '@guichet/line-tokens/line-tokens';
import { eventually } from '@guichet/local-stack/e2e/eventually';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { assertInvariants } from './assert-invariants.ts';
import type { Lab } from './lab.ts';
import type { Load } from './load.ts';
import type { Sale } from './sales.ts';
import type { Contender, Scenario } from './scenario.ts';
import { wrk } from './wrk.ts';

/** Few enough that nobody is refused for the queue’s age, where the machine has other work too. */
const connections = 16;
const plenty = 1_000_000;
/** More than are booked in one window: shown twice, an admission is answered its booking again. */
const mostAdmissions = 60_000;
const checks = 100_000;
const hourMs = 3_600_000;

/** A room that is announced, which is all that a gate needs. */
async function openGate(lab: Lab, { offeringId }: Sale) {
  const at = (hours: number) => new Date(Date.now() + hours * hourMs).toISOString();
  const room = await lab.api.call(openRoom, {
    ...(await lab.signIn()),
    body: {
      offeringId,
      opensAt: at(1),
      saleAt: at(2),
      closesAt: at(3),
      expectedBuyers: 1_000,
      order: 'first_come',
      pacing: { by: 'measurement' },
    },
  });
  const quotes = new URL(`/api/offerings/${offeringId}/quotes`, lab.stack.gateway);
  await eventually(async () => {
    const { status } = await fetch(quotes, { method: 'POST' });
    if (status !== 403) throw new Error(`The gate is not shut yet: ${status}.`);
  });
  return {
    roomId: room.id,
    end: async () => {
      await lab.api.call(closeRoom, { ...(await lab.signIn()), params: { id: room.id } });
    },
  };
}

function signMany(keys: LineKeys, { off, room }: { off: string; room: string }): string[] {
  const { sign } = createAdmissions(keys);
  const iat = Math.floor(Date.now() / 1_000);
  return Array.from({ length: mostAdmissions }, () =>
    sign({ id: randomUUID(), room, off, iat, exp: iat + 7_200 }),
  );
}

/** The check alone, in this process: what the gateway does of it, and nothing around it. */
async function checkAlone(keys: LineKeys, admissions: readonly string[], body: Buffer) {
  const metrics = createMetrics({ service: 'bench' });
  const claims = createAdmissions(keys).verify(admissions[0] ?? '');
  const closesAt = new Date(Date.now() + hourMs).toISOString();
  const gates = createGates({
    ask: async () => ({
      now: new Date().toISOString(),
      gates: [{ offeringId: claims?.off ?? '', roomId: claims?.room ?? '', closesAt }],
    }),
    logger: createLogger({ service: 'bench', level: 'silent' }),
    metrics,
  });
  await gates.hear();
  const gate = createGate({ gates, verify: createAdmissions(keys).verify, metrics });
  return async (): Promise<Load> => {
    const began = performance.now();
    let passed = 0;
    for (let nth = 0; nth < checks; nth += 1) {
      const admission = admissions[nth % admissions.length] ?? '';
      const id = gate.check({
        operation: { id: 'placeBooking' },
        path: '/api/bookings',
        headers: { 'content-type': 'application/json', [admissionHeader]: admission },
        body,
        subjectId: undefined,
      });
      if (id !== undefined) passed += 1;
    }
    const seconds = (performance.now() - began) / 1_000;
    if (passed < checks) throw new Error(`Of ${checks} checks ${passed} passed.`);
    return { done: checks, seconds, outcomes: { passed } };
  };
}

/**
 * What an admission costs: bookings that show one, those of an offering without a room while another
 * has one, and the same by a gateway that knows of no rooms. All of them by the customer’s way.
 */
export const gated: Scenario = {
  id: 'i',
  title: 'Bookings that need an admission, beside those that need none',
  async prepare(lab) {
    const open = await lab.spreadSale(1);
    const sale = await lab.hotSale(plenty);
    const keys = versionedKeys.parse(lab.beside.settingsOf('gateway').LINE_TOKEN_KEYS);
    const room = await openGate(lab, sale);
    const admissions = signMany(keys, { off: sale.offeringId, room: room.roomId });
    const admissionsFile = join(lab.folder, 'admissions');
    writeFileSync(admissionsFile, `${admissions.join('\n')}\n`);
    const withoutRooms = await lab.beside.start('gateway', { WAITING_ROOM: 'off' });
    const withRooms = new URL('/api/bookings', lab.stack.gateway);

    const books = (
      name: string,
      url: URL,
      crowd: { quotesFile: string; admissionsFile?: string },
    ) =>
      ({
        name,
        load: (seconds) => wrk({ url, connections, seconds, ...crowd }),
        async check({ outcomes, done }) {
          const placed = outcomes[201] ?? 0;
          if (placed < done) throw new Error(`Of ${done} bookings: ${JSON.stringify(outcomes)}.`);
          await assertInvariants(lab.pool, placed);
        },
      }) satisfies Contender;
    const { quotesFile } = sale;
    const body = Buffer.from(JSON.stringify({ quote: sale.firstQuote }));
    return {
      contenders: [
        books('no rooms', withoutRooms.url, { quotesFile }),
        books('admitted', withRooms, { quotesFile, admissionsFile }),
        books('another’s room', withRooms, { quotesFile: open.quotesFile }),
        { name: 'check alone', load: await checkAlone(keys, admissions, body) },
      ],
      async end() {
        await lab.beside.end(withoutRooms);
        await room.end();
      },
    };
  },
  ratios: [
    // Speeds of a generator and a database that share these cores say less of it than CPU.
    {
      name: 'admitted, by CPU',
      by: 'cpu',
      of: 'admitted',
      over: 'no rooms',
      reach: 0.85,
      aim: 0.95,
    },
    {
      name: 'beside another’s room, by CPU',
      by: 'cpu',
      of: 'another’s room',
      over: 'no rooms',
      reach: 0.9,
      aim: 0.97,
    },
  ],
};
