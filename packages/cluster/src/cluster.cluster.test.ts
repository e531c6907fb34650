import { test as inBrowser } from '@guichet/browser/browser-test';
import { profiles } from '@guichet/cdk8s/src/profiles';
import { openSlot } from '@guichet/local-stack/e2e/organiser';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Cluster, findCluster } from './cluster/find-cluster.ts';
import { deploy } from './deploy/deploy.ts';
import { frontDoor } from './deploy/release.ts';
import { examine } from './doctor/examine.ts';
import { takesEveryObject } from './proofs/accepting.ts';
import { paymentForm, sellsInABrowser } from './proofs/browser-sale.ts';
import { installMs, triedTwice } from './proofs/eventually.ts';
import * as installing from './proofs/installing.ts';
import * as keeping from './proofs/keeping.ts';
import * as leaving from './proofs/leaving.ts';
import { followsALiveSetting } from './proofs/live-setting.ts';
import * as observing from './proofs/observing.ts';
import * as prescaling from './proofs/prescaling.ts';
import * as refusing from './proofs/refusing.ts';
import * as rolling from './proofs/rolling.ts';
import { enterWorld, type World } from './proofs/world.ts';

/** Two builds of the images that are loaded: the same content will do, since a tag alone rolls. */
const tag = process.env.TAG || 'dev';
const nextTag = `${tag}-next`;
const patienceMs = 1_800_000;

let cluster: Cluster;
let world: World;
let kept: keeping.Kept;

/** One cluster for all of it, in this order: each finds what the one before has left. */
const proves = (name: string, proof: () => Promise<void>) => test(name, proof, patienceMs);

beforeAll(async () => {
  cluster = await findCluster();
});

describe('Guichet on a cluster', () => {
  proves('has all that it needs of it', async () => {
    const findings = await examine(cluster.tools);
    expect(findings.filter(({ state }) => state === 'missing')).toEqual([]);
  });
  proves('waits for a database that is down, says so, and is installed when it is up', async () => {
    await installing.waitsForItsDatabase(cluster, tag);
    world = await enterWorld(cluster);
  });
  proves('runs, and nothing had to be started twice', () =>
    installing.runsWithoutARestart(cluster),
  );
  proves('asks for what `make footprint` says', () => installing.fitsItsFootprint(cluster));
  proves('passes `helm test`', () => installing.passesHelmTest(cluster));
  proves('sells to `make buy` through the front door', async () => {
    await keeping.sellsToMakeBuy(world);
    kept = await keeping.buys(world);
  });

  inBrowser(
    'sells in a browser through the front door',
    async ({ openPage }) => {
      const page = await openPage({ origins: [frontDoor, paymentForm], screen: 'phone' });
      const slot = await openSlot(world.api, world.staff, { capacity: 5 });
      await sellsInABrowser(page, slot);
    },
    patienceMs,
  );

  proves(
    'sells on while a pod is added, images are rolled, pods deleted, a release taken back',
    () => triedTwice(() => rolling.sellsOn(world, { tag, next: nextTag })),
  );
  proves('has the bookings and passes of before', () => keeping.isKept(world, kept));

  test.each(profiles)('takes every object of the values of %s', (profile) =>
    takesEveryObject(cluster, profile),
  );
  proves('admits no pod that breaks `restricted`', () =>
    refusing.refusesAPodThatIsNotRestricted(cluster),
  );
  proves('lets nobody through whom no policy names', () =>
    refusing.refusesUndeclaredConnections(cluster),
  );
  proves('refuses values with a sentence', () => refusing.refusesValuesWithASentence(cluster));
  proves('names an image that is not there, serves on, and goes back', () =>
    refusing.refusesAnImageThatIsNotThere(cluster),
  );
  proves('has one pod of reservation again when the load is gone', () => rolling.scalesIn(world));

  describe('when an on-sale comes', () => {
    let sold: Awaited<ReturnType<typeof prescaling.preparesASale>>;

    proves('has more pods before it, and gives them back, whichever prescaler lives', async () => {
      sold = await prescaling.preparesASale(world, tag);
    });
    proves('serves fewer of those who came first without a line', () =>
      prescaling.isUnfairWithoutBoth(world, tag, sold),
    );
  });
  proves('follows a live setting without another pod', () => followsALiveSetting(world, tag));

  describe('observed', () => {
    proves('has what watches it installed', () => observing.isInstalled(cluster, tag));
    proves('passes `make verify`', () => observing.passesVerify(world));
    test.each(observing.faults)(
      'raises an alert in the game day %s, and ends it',
      (fault) => observing.passesGameDay(world, fault),
      patienceMs,
    );
  });

  proves('leaves its data alone when it is uninstalled', () =>
    leaving.uninstallLeavesOnlyData(cluster),
  );
  proves('finds its data when it is deployed again', async () => {
    await deploy(
      cluster,
      { tag, backing: true, observe: false, drill: false, timeoutMs: installMs },
      () => {},
    );
    await keeping.isKept(world, kept);
  });
  proves('leaves nothing behind when it is undeployed', () =>
    leaving.undeployLeavesNothing(cluster),
  );
});
