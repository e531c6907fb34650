import { writeFileSync } from 'node:fs';
import { onSales } from '@guichet/contracts/on-sales';
import { drawSideBySide } from '@guichet/testing/side-by-side';
import { execa } from 'execa';
import { expect } from 'vitest';
import { installGuichet } from '../deploy/install.ts';
import { guichet, namespace } from '../deploy/release.ts';
import { awaitReady } from '../readiness/await-ready.ts';
import { inRepository } from '../repository.ts';
import type { Tools } from '../tools.ts';
import { eventually, installMs } from './eventually.ts';
import { readK6 } from './k6-said.ts';
import { byKeda, kindOfKeda, scaledObjects } from './keda.ts';
import type { World } from './world.ts';

/** Four for each place, all in the first minute or in line before it. */
const crowd = { BUYERS: '80', CAPACITY: '20' };

/**
 * A small crowd on a small machine: for it a pod counts as good for a booking in two seconds, so that
 * it asks for the two pods that an autoscaler may make. Minimums are given back as soon as the crowd
 * is gone.
 */
const settings = {
  BOOKINGS_PER_POD: 'gateway=100,reservation=0.5,payment=100,notification=0.5',
  MARGIN_MS: 20_000,
  HOLD_MINUTES: 0.5,
  POLL_MS: 2_000,
};

type Autoscaler = {
  metadata: {
    annotations?: Record<string, string>;
    managedFields?: readonly { manager: string }[];
  };
  spec: { minReplicas?: number; minReplicaCount?: number };
};

async function minimumOf({ get }: Tools, object: string) {
  const { metadata, spec } = await get<Autoscaler>(object, '-n', namespace);
  const annotations = Object.keys(metadata.annotations ?? {});
  return {
    minimum: spec.minReplicas ?? spec.minReplicaCount,
    written: annotations.filter((name) => name.startsWith('guichet.dev/')),
  };
}
const autoscaler = `hpa/${guichet}-reservation`;
const scaledObject = `${scaledObjects}/${guichet}-notification`;
const asItWas = { minimum: 1, written: [] };

/** Who is named by an object as the one that set some of it. */
async function managersOf({ get }: Tools, object: string): Promise<string[]> {
  const args = [object, '-n', namespace, '--show-managed-fields'];
  const { metadata } = await get<Autoscaler>(...args);
  return (metadata.managedFields ?? []).map(({ manager }) => manager);
}

async function leaderOf({ get }: Tools): Promise<string> {
  const lease = await get<{ spec: { holderIdentity: string } }>(
    ...['lease', `${guichet}-prescaler`, '-n', namespace],
  );
  return lease.spec.holderIdentity;
}

/** Two prescalers, that one may take over from the other. */
async function install({ cluster }: World, tag: string, more: object, values: string[] = []) {
  const said = JSON.stringify({ ...settings, ...more });
  await installGuichet(cluster, tag, [
    ...['--set', 'services.prescaler.replicas=2'],
    ...['--set-json', `services.prescaler.settings=${said}`],
    ...values,
  ]);
  await awaitReady({ tools: cluster.tools, namespace, timeoutMs: installMs, say: () => {} });
}

/** `make load` in the cluster: what k6 said, and the figures in it. */
async function load(world: World, scenario: string, seconds: number) {
  const choices = { ...crowd, SCENARIO: scenario, WHERE: 'cluster', DURATION: `${seconds}s` };
  const args = Object.entries(choices).map(([name, value]) => `${name}=${value}`);
  const { all = '' } = await execa('make', ['--no-print-directory', 'load', ...args], {
    cwd: inRepository(),
    env: world.cluster.tools.env,
    reject: false,
    all: true,
  });
  // It stays to be looked at, and is not the release’s, which goes without it.
  const left = ['job', 'configmap'].map((kind) => `${kind}/${guichet}-load-test`);
  const { kubectl } = world.cluster.tools;
  await kubectl('delete', ...left, '-n', namespace, '--ignore-not-found', '--wait=false');
  const { count, ...took } = readK6(all);
  return { said: all, booked: count('booked'), firstServed: count('first_served'), ...took };
}
type Loaded = Awaited<ReturnType<typeof load>>;

/** The minimum is up before the hour; it can be seen where, until when, and why. */
async function risesInTime(world: World): Promise<void> {
  const { tools } = world.cluster;
  await eventually(async () => {
    for (const object of [autoscaler, scaledObject]) {
      expect((await minimumOf(tools, object)).minimum, object).toBe(2);
    }
  });

  const { api, staff } = world;
  const saleAt = await eventually(async () => {
    // By whichever replica; the other one looks a moment later.
    const { sales, minimums } = await api.call(onSales, staff);
    expect(minimums).toContainEqual(
      expect.objectContaining({ service: 'reservation', ownMinimum: 1, minimum: 2 }),
    );
    return Math.max(...sales.map((sale) => Date.parse(sale.saleAt)));
  });
  expect(saleAt).toBeGreaterThan(Date.now());
  const reasons = ['get', 'events', '-n', namespace, '--field-selector', 'reason=MinimumChanged'];
  expect(await tools.kubectl(...reasons)).toContain('rises from 1 to 2');
}

/** Whoever upgrades in the middle of it takes nothing back: neither the minimum nor what says until when. */
async function staysThroughAnUpgrade({ cluster: { tools } }: World): Promise<void> {
  const before = await Promise.all([autoscaler, scaledObject].map((at) => minimumOf(tools, at)));
  const change = ['--set', 'services.reservation.autoscaling.cpuPercent=81'];
  const args = [guichet, 'charts/guichet', '-n', namespace, '--reuse-values', '--no-hooks'];
  await tools.helm('upgrade', ...args, ...change);

  const jsonpath = 'jsonpath={.spec.metrics[0].resource.target.averageUtilization}';
  expect(await tools.kubectl('get', autoscaler, '-n', namespace, '-o', jsonpath)).toBe('81');
  const after = await Promise.all([autoscaler, scaledObject].map((at) => minimumOf(tools, at)));
  expect(after).toEqual(before);
  expect(after.map(({ minimum }) => minimum)).toEqual([2, 2]);
}

/** Killed, so that it gives up nothing: neither its lease nor what it has raised. */
async function killTheLeader({ cluster: { tools } }: World): Promise<string> {
  const killed = await leaderOf(tools);
  const now = ['--grace-period=0', '--force', '--wait=false'];
  await tools.kubectl('delete', 'pod', killed, '-n', namespace, ...now);
  return killed;
}

/**
 * A sale in two minutes: minimums rise before it, it is sold in the order of its line, and they are
 * given back, by another prescaler than the one that raised them.
 */
export async function preparesASale(world: World, tag: string): Promise<Loaded> {
  const { tools } = world.cluster;
  await tools.apply(kindOfKeda);
  await tools.kubectl('wait', '--for=condition=Established', `crd/${scaledObjects}`);
  const keda = `services.notification.autoscaling=${JSON.stringify(byKeda)}`;
  await install(world, tag, {}, ['--set-json', keda]);
  for (const object of [autoscaler, scaledObject]) {
    expect(await minimumOf(tools, object)).toEqual(asItWas);
  }

  const selling = load(world, 'on-sale', 120);
  const rising = risesInTime(world).then(() => 'before the sale was over');
  expect(await Promise.race([rising, selling.then(({ said }) => said)])).toMatch(/^before/);
  await staysThroughAnUpgrade(world);
  const killed = await killTheLeader(world);
  const sold = await selling;
  process.stdout.write(`\n${sold.said}\n`);
  expect(sold.booked, sold.said).toBe(Number(crowd.CAPACITY));
  expect(sold.firstServed, sold.said).toBeGreaterThanOrEqual(15);

  await eventually(async () => {
    for (const object of [autoscaler, scaledObject]) {
      expect(await minimumOf(tools, object)).toEqual(asItWas);
      // Or whoever upgrades to another minimum would be told of a conflict.
      expect(await managersOf(tools, object)).not.toContain('guichet-prescaler');
    }
  });
  expect(await leaderOf(tools)).not.toBe(killed);
  return sold;
}

/** Both sales beside each other, to be looked at. */
function draw(prepared: Loaded, bare: Loaded): void {
  const both = (of: (sale: Loaded) => number) => [of(prepared), of(bare)] as const;
  const picture = drawSideBySide({
    title: `${crowd.BUYERS} people, ${crowd.CAPACITY} places`,
    runs: ['waiting room, prescaler', 'neither'],
    figures: [
      {
        name: 'of those who came first were served',
        values: both(({ firstServed }) => firstServed / Number(crowd.CAPACITY)),
        unit: '%',
      },
      { name: 'to book, half of them', values: both(({ median }) => median), unit: 's' },
      { name: 'the same, 99 of 100', values: both(({ p99 }) => p99), unit: 's' },
      { name: 'requests to book', values: both(({ requests }) => requests), unit: '' },
    ],
  });
  writeFileSync(inRepository('.guichet/prepared-sale.svg'), picture);
}

/** The same crowd without line and without preparation: the places are sold, to whoever was lucky. */
export async function isUnfairWithoutBoth(world: World, tag: string, prepared: Loaded) {
  const { tools } = world.cluster;
  await install(world, tag, { DRY_RUN: 'true' });
  await tools.kubectl('delete', 'crd', scaledObjects);
  const sold = await load(world, 'on-sale-without-a-room', 45);
  process.stdout.write(`\n${sold.said}\n`);

  expect(sold.booked, sold.said).toBe(Number(crowd.CAPACITY));
  expect(sold.firstServed, sold.said).toBeLessThan(prepared.firstServed);
  // All at once, and not one after the other as they are let in.
  expect(sold.median, sold.said).toBeGreaterThan(prepared.median * 2);
  draw(prepared, sold);
  expect(await minimumOf(tools, autoscaler)).toEqual(asItWas);
}
