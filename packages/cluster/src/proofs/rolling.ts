import { serviceNames } from '@guichet/cdk8s/catalogue';
import { findOfferings } from '@guichet/local-stack/buy/choose-offering';
import { type OpenSlot, openSlot } from '@guichet/local-stack/e2e/organiser';
import { expect } from 'vitest';
import { installGuichet } from '../deploy/install.ts';
import { namespace } from '../deploy/release.ts';
import { rollback } from '../deploy/rollback.ts';
import { awaitReady } from '../readiness/await-ready.ts';
import type { Tools } from '../tools.ts';
import { bookingsOf, slotBooks } from './books.ts';
import { eventually, installMs } from './eventually.ts';
import { buys, isKept } from './keeping.ts';
import { podsOf } from './pods.ts';
import { type Sale, startSale } from './sale.ts';
import type { World } from './world.ts';

/** One slot with places for everybody, and one that sells out in the middle of it. */
const roomy = 20_000;
const scarce = 100;

/** A sale that goes on while something is done to the cluster. */
type OpenSale = { readonly slots: readonly OpenSlot[]; readonly sale: Sale };

const waiting = { timeoutMs: installMs, say: () => {} };
const settle = (tools: Tools) => awaitReady({ tools, namespace, ...waiting });

/** The tags of the images that the services’ pods run, each once. */
async function tagsOf(tools: Tools): Promise<string[]> {
  const images = await tools.kubectl(
    ...['get', 'pods', '-n', namespace, '-l', 'app.kubernetes.io/part-of=guichet'],
    ...['--field-selector=status.phase=Running'],
    '-o=jsonpath={range .items[*]}{.spec.containers[0].image}{"\\n"}{end}',
  );
  const tags = images.split('\n').map((image) => image.split(':')[1] ?? '');
  return [...new Set(tags.filter(Boolean))];
}

const reservationsPods = ({ cluster: { tools } }: World) => podsOf(tools, 'reservation');

/** The sale begins with one pod of reservation. */
async function startSelling(world: World): Promise<OpenSale> {
  const { cluster, api, staff } = world;
  await scalesIn(world);
  const slots = [
    await openSlot(api, staff, { capacity: roomy }),
    await openSlot(api, staff, { capacity: scarce }),
  ];
  const [boats] = await findOfferings(api, 'Lake Annecy', 'en');
  return { slots, sale: startSale(cluster.tools, { lookedAt: boats?.id ?? '', slots }) };
}

/** Load comes, and the autoscaler makes them two. */
const scalesOut = (world: World, { sale }: OpenSale): Promise<void> =>
  sale.during(eventually(async () => expect(await reservationsPods(world)).toHaveLength(2)));

export const scalesIn = (world: World): Promise<void> =>
  eventually(async () => expect(await reservationsPods(world)).toHaveLength(1));

/** Every deployment, and every migration, gets another image. */
async function rollsTo({ cluster }: World, { sale }: OpenSale, tag: string): Promise<void> {
  await installGuichet(cluster, tag);
  await sale.during(settle(cluster.tools));

  await eventually(async () => expect(await tagsOf(cluster.tools)).toEqual([tag]));
}

/** To the images of before, where a sale that was broken off has left the others. */
async function returnTo({ cluster }: World, tag: string): Promise<void> {
  if ((await tagsOf(cluster.tools)).join() === tag) return;
  await installGuichet(cluster, tag);
  await settle(cluster.tools);
}

/** One pod of each service is deleted, all at once, and another takes its place. */
async function replacesDeletedPods({ cluster }: World, { sale }: OpenSale): Promise<void> {
  const { tools } = cluster;
  const before = await Promise.all(serviceNames.map((name) => podsOf(tools, name)));
  const deleted = before.map(([first = '']) => first);
  await tools.kubectl('delete', 'pod', ...deleted, '-n', namespace, '--wait=false');

  await sale.during(
    eventually(async () => {
      const now = await Promise.all(serviceNames.map((name) => podsOf(tools, name)));
      expect(now.map(({ length }) => length)).toEqual(before.map(({ length }) => length));
      expect(now.flat().filter((name) => deleted.includes(name))).toEqual([]);
    }),
  );
}

async function goesBack({ cluster }: World, { sale }: OpenSale, tag: string) {
  await sale.during(rollback(cluster, waiting));

  await eventually(async () => expect(await tagsOf(cluster.tools)).toEqual([tag]));
}

/** Nothing failed, and reservation’s books say of every booking what its buyer was told. */
async function lostNothing({ cluster: { tools } }: World, { sale, slots }: OpenSale) {
  const { booked, failed, complaints, soldOut, requests, failedRequests, droppedIterations } =
    await sale.stop();
  process.stdout.write(
    `\n${requests} requests, ${failedRequests} failed; ${booked.length} bookings, ${soldOut} refused as sold out\n`,
  );
  expect(failed, complaints).toEqual([]);
  expect(failedRequests).toBe(0);
  expect(droppedIterations).toBe(0);
  // The sale was one: it booked, and it met a slot that had sold out.
  expect(booked.length).toBeGreaterThan(scarce / 2);
  expect(soldOut).toBeGreaterThan(0);

  const slotIds = slots.map(({ slotId }) => slotId);
  const rows = await bookingsOf(tools, slotIds);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const { booked: id, key, slotId, places } of booked) {
    expect(byId.get(id)).toEqual({
      id,
      key: expect.stringContaining(key),
      slot_id: slotId,
      places,
    });
  }
  // A buyer who was cut off when the sale was stopped may have booked without being told.
  expect(rows.length - booked.length).toBeLessThan(20);
  for (const { taken, live, capacity } of await slotBooks(tools, slotIds)) {
    expect(taken).toBe(live);
    expect(taken).toBeLessThanOrEqual(capacity);
  }
}

/**
 * It sells while a pod is added, all images are rolled, pods are deleted and a release is taken
 * back: no request fails, no booking is lost or doubled (R1, R2, R8), and what was sold before is
 * as it was.
 */
export async function sellsOn(world: World, { tag, next }: { tag: string; next: string }) {
  await returnTo(world, tag);
  const kept = await buys(world);
  const open = await startSelling(world);
  try {
    await scalesOut(world, open);
    await rollsTo(world, open, next);
    await replacesDeletedPods(world, open);
    await goesBack(world, open, tag);
    await lostNothing(world, open);
    await isKept(world, kept);
  } finally {
    await open.sale.end();
  }
}
