import { test as inBrowser } from '@guichet/browser/browser-test';
import { profiles } from '@guichet/cdk8s/src/profiles';
import { openSlot } from '@guichet/local-stack/e2e/organiser';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Cluster, findCluster } from './cluster/find-cluster.ts';
import { frontDoor } from './deploy/release.ts';
import { examine } from './doctor/examine.ts';
import { takesEveryObject } from './proofs/accepting.ts';
import { paymentForm, sellsInABrowser } from './proofs/browser-sale.ts';
import * as installing from './proofs/installing.ts';
import * as keeping from './proofs/keeping.ts';
import * as leaving from './proofs/leaving.ts';
import { followsALiveSetting } from './proofs/live-setting.ts';
import * as observing from './proofs/observing.ts';
import { once } from './proofs/once.ts';
import * as prescaling from './proofs/prescaling.ts';
import * as refusing from './proofs/refusing.ts';
import * as rolling from './proofs/rolling.ts';
import { enterWorld, type World } from './proofs/world.ts';

/** Two builds of the images that are loaded: the same content will do, since a tag alone rolls. */
const tag = process.env.TAG || 'dev';
const nextTag = `${tag}-next`;
const patienceMs = 900_000;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await findCluster();
});

/**
 * One cluster for all of it, in this order. Each proof finds what the ones before have left, or sets
 * it up where it is proven alone, as what failed is in a second run.
 */
const proves = (name: string, proof: (world: World) => Promise<void>) =>
  test(name, async () => proof(await enter()), patienceMs);
const deployed = once(() => installing.deployWhereNothingIs(cluster, tag));
/** Signed in anew: nobody is for as long as all of it takes. */
async function enter(): Promise<World> {
  await deployed();
  return enterWorld(cluster);
}

describe('Guichet on a cluster', () => {
  test('has all that it needs of it', async () => {
    const findings = await examine(cluster.tools);
    expect(findings.filter(({ state }) => state === 'missing')).toEqual([]);
  });
  test(
    'waits for a database that is down, says so, and is installed when it is up',
    () => installing.waitsForItsDatabase(cluster, tag),
    patienceMs,
  );
  proves('runs, and nothing had to be started twice', () =>
    installing.runsWithoutARestart(cluster),
  );
  proves('asks for what `make footprint` says', () => installing.fitsItsFootprint(cluster));
  proves('passes `helm test`', () => installing.passesHelmTest(cluster));
  proves('sells to `make buy` through the front door', keeping.sellsToMakeBuy);

  inBrowser(
    'sells in a browser through the front door',
    async ({ openPage }) => {
      const { api, staff } = await enter();
      const page = await openPage({ origins: [frontDoor, paymentForm], screen: 'phone' });
      await sellsInABrowser(page, await openSlot(api, staff, { capacity: 5 }));
    },
    patienceMs,
  );

  proves(
    'sells on while a pod is added, images are rolled, pods deleted, a release taken back',
    (world) => rolling.sellsOn(world, { tag, next: nextTag }),
  );

  test.each(profiles)('takes every object of the values of %s', async (profile) => {
    await deployed();
    await takesEveryObject(cluster, profile);
  });
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
  proves('has one pod of reservation again when the load is gone', rolling.scalesIn);

  proves(
    'has more pods before an on-sale, and serves more of those who came first than without a line',
    async (world) => {
      const sold = await prescaling.preparesASale(world, tag);
      await prescaling.isUnfairWithoutBoth(world, tag, sold);
    },
  );
  proves('follows a live setting without another pod', (world) => followsALiveSetting(world, tag));

  describe('observed', () => {
    const observe = once(() => observing.isInstalled(cluster, tag));

    proves('has what watches it installed', observe);
    proves('passes `make verify`', async (world) => {
      await observe();
      await observing.passesVerify(world);
    });
    for (const fault of observing.faults) {
      proves(`raises an alert in the game day ${fault}, and ends it`, async (world) => {
        await observe();
        await observing.passesGameDay(world, fault);
      });
    }
  });

  proves(
    'leaves its data alone when it is uninstalled, and finds it when deployed again',
    (world) => leaving.outlivesItsReleases(world, tag),
  );
  proves('leaves nothing behind when it is undeployed', () =>
    leaving.undeployLeavesNothing(cluster),
  );
});
