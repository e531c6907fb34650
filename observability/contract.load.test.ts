import { serviceNames } from '@guichet/local-stack/stack/services';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  commonFields,
  logEventOf,
  logEvents,
  metrics,
  type ServiceName,
  spans,
} from './contract.ts';
import { type Exposed, readExposition } from './exposition.ts';
import { type Purchase, purchase } from './purchase/purchase.ts';
import type { Span } from './purchase/span-receiver.ts';

const startMs = 300_000;
/** Spans are sent by their processes one after the other. */
const patience = { timeout: 20_000, interval: 100 };
/** Of the process and of Node, as prom-client names them. */
const isOfProcess = (name: string) => /^(process|nodejs)_/.test(name);
/** What every sample has. */
const common = ['service'];

let bought: Purchase;
let exposed: Map<ServiceName, Map<string, Exposed>>;

/** What every service says once somebody has bought a place the whole way. */
beforeAll(async () => {
  bought = await purchase('rabbit');
  const { management } = bought.world.stack.stack;
  const names = serviceNames as readonly ServiceName[];
  const scraped = names.map(async (name) => {
    const answer = await fetch(new URL('/metrics', management[name]));
    return [name, readExposition(await answer.text())] as const;
  });
  exposed = new Map(await Promise.all(scraped));
}, startMs);
afterAll(() => bought?.end(), startMs);

const ours = (name: ServiceName) =>
  [...(exposed.get(name) ?? [])].filter(([metric]) => !isOfProcess(metric));

test('no service emits what the contract does not have of it', () => {
  const unknown = [...exposed.keys()].flatMap((service) =>
    ours(service)
      .filter(([metric]) => !metrics[metric]?.by.includes(service))
      .map(([metric]) => `${service}: ${metric}`),
  );

  expect(exposed.size).toBe(serviceNames.length);
  expect(unknown).toEqual([]);
});

test('no service lacks what the contract has of it', () => {
  const missing = Object.entries(metrics)
    .filter(([, { only }]) => only === undefined)
    .flatMap(([metric, { by }]) =>
      by
        .filter((service) => !exposed.get(service)?.has(metric))
        .map((name) => `${name}: ${metric}`),
    );

  expect(missing).toEqual([]);
});

test('kinds and labels are those of the contract, and there are no more series than it allows', () => {
  for (const service of exposed.keys()) {
    for (const [name, { kind, labels, series }] of ours(service)) {
      const contract = metrics[name];
      const known = Object.keys(contract?.labels ?? {});
      const most = Object.values(contract?.labels ?? {}).reduce((product, one) => product * one, 1);
      const wrong = [...labels].filter(
        (label) => !known.includes(label) && !common.includes(label),
      );

      expect({ name, kind, wrong }).toEqual({ name, kind: contract?.kind, wrong: [] });
      expect(series.size).toBeLessThanOrEqual(most);
    }
  }
});

const kinds: Readonly<Record<number, string>> = { 2: 'server', 3: 'client', 5: 'consumer' };
const contractsOf = ({ service, name, kind }: Pick<Span, 'service' | 'name' | 'kind'>) =>
  spans.filter(
    (one) =>
      one.kind === kinds[kind] && one.name.test(name) && one.by.includes(service as ServiceName),
  );

test('no service emits a span that the contract does not have of it', () => {
  const unknown = bought.spans.filter((span) => contractsOf(span).length === 0);

  expect(bought.spans.length).toBeGreaterThan(100);
  expect(new Set(unknown.map(({ service, name }) => `${service}: ${name}`))).toEqual(new Set());
});

test('no service lacks a span that the contract has of it', async () => {
  await vi.waitFor(() => {
    const missing = spans
      .filter(({ only }) => only === undefined)
      .flatMap((one) =>
        one.by
          .filter(
            (service) =>
              !bought.spans.some(
                (span) => span.service === service && contractsOf(span).includes(one),
              ),
          )
          .map((service) => `${service}: ${one.name}`),
      );
    expect(missing).toEqual([]);
  }, patience);
});

test('the name of a span is one of few', () => {
  const names = [...new Set(bought.spans.map(({ name }) => name))];
  process.stdout.write(`${bought.spans.length} spans of ${names.length} names\n`);

  expect(names.filter((name) => /[0-9a-f]{8}|\d{4}/.test(name))).toEqual([]);
  expect(names.length).toBeLessThan(150);
});

test('every line is an event of the contract, at its level and with its fields alone', () => {
  const { records } = bought.world;
  const wrong = records.filter(({ service, msg, level, ...rest }) => {
    const event = logEvents[logEventOf(msg) ?? ''];
    if (!event?.by.includes(service as ServiceName) || event.level !== level) return true;
    const known = [...commonFields, ...event.fields];
    return Object.keys(rest).some((field) => !known.includes(field));
  });

  expect(records.length).toBeGreaterThan(20);
  expect(wrong).toEqual([]);
});

test('a purchase is one line where its money settles it and one for each e-mail, in its trace', () => {
  const { records } = bought.world;
  const settled = records.filter(({ bookingId }) => bookingId === bought.placed.id);
  const [first] = settled;

  expect(settled).toMatchObject([
    { msg: 'a booking is settled by its money', service: 'reservation', outcome: 'confirm' },
  ]);
  expect(first?.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(records.filter(({ traceId }) => traceId === first?.traceId)).toContainEqual(
    expect.objectContaining({ msg: 'an e-mail is sent', service: 'notification' }),
  );
});

test('nobody’s address is in a line, and a healthy system says no error', () => {
  const { records } = bought.world;

  expect(JSON.stringify(records)).not.toContain(bought.placed.email);
  expect(records.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
});
