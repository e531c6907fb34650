import { setTimeout as sleep } from 'node:timers/promises';
import { namespace } from '@guichet/cluster/deploy/release';
import type { Fault } from '../fault.ts';
import { type ClusterGround, inCluster } from '../ground.ts';

const pauseMs = 4_000;
const selector = 'app.kubernetes.io/name=reservation,app.kubernetes.io/instance=guichet';

/** Without a farewell: what it was doing is not done. */
async function killOne({ tools: { get, kubectl } }: ClusterGround): Promise<void> {
  type Pods = { items: { metadata: { name: string; deletionTimestamp?: string } }[] };
  const { items } = await get<Pods>('pods', '-n', namespace, '-l', selector);
  const there = items.filter(({ metadata }) => !metadata.deletionTimestamp);
  const name = there[Math.floor(Math.random() * there.length)]?.metadata.name;
  if (name) await kubectl('delete', 'pod', name, '-n', namespace, '--grace-period=0', '--force');
}

export const reservationKilled: Fault = {
  name: 'reservation-killed',
  does: 'A pod of reservation is killed, and the one that replaces it, and so on',
  alert: 'GuichetPodRestarts',
  where: ['cluster'],
  async inject(ground, undo) {
    const cluster = inCluster(ground);
    let isOver = false;
    const killing = (async () => {
      while (!isOver) {
        // One that somebody else has ended meanwhile is no failure of this.
        await killOne(cluster).catch(() => {});
        await sleep(pauseMs);
      }
    })();
    undo(async () => {
      isOver = true;
      await killing;
    });
  },
};
