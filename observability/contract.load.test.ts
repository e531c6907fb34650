import { openSlot } from '@guichet/local-stack/e2e/organiser';
import { startWorld, type World } from '@guichet/local-stack/e2e/world';
import { serviceNames } from '@guichet/local-stack/stack/services';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { metrics, type ServiceName } from './contract.ts';
import { type Exposed, readExposition } from './exposition.ts';

const startMs = 300_000;
/** Of the process and of Node, as prom-client names them. */
const isOfProcess = (name: string) => /^(process|nodejs)_/.test(name);
/** What every sample has. */
const common = ['service'];

let world: World;
let exposed: Map<ServiceName, Map<string, Exposed>>;

/** What every service says once somebody has bought a place the whole way. */
beforeAll(async () => {
  world = await startWorld({ messages: 'rabbit', https: false, env: {} });
  const { api, staff, guest, stack } = world;
  const slot = await openSlot(api, staff, { capacity: 10 });
  const placed = await guest.place(await guest.quote(slot, { adult: 1 }));
  await guest.beginPayment(placed);
  const names = serviceNames as readonly ServiceName[];
  const scraped = names.map(async (name) => {
    const answer = await fetch(new URL('/metrics', stack.stack.management[name]));
    return [name, readExposition(await answer.text())] as const;
  });
  exposed = new Map(await Promise.all(scraped));
}, startMs);
afterAll(() => world?.end(), startMs);

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
