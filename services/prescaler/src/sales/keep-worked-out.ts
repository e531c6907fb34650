import type { LiveSettings } from '../config.ts';
import type { Cluster } from '../kubernetes/connect-cluster.ts';
import type { Target } from '../minimums/target.ts';
import type { Sales } from './ask-sales.ts';
import { workOut } from './work-out.ts';

/** The plan of this moment, by what is known at it. */
export const keepWorkedOut = ({
  sales,
  cluster,
  live,
  now = Date.now,
}: {
  sales: Pick<Sales, 'list'>;
  cluster: Pick<Cluster, 'targets' | 'startUpMs'>;
  live: () => LiveSettings;
  now?: () => number;
}) => ({
  workOut: (targets: readonly Target[] = cluster.targets()) =>
    workOut({
      sales: sales.list(),
      targets,
      settings: live(),
      startUpMs: cluster.startUpMs(),
      now: now(),
    }),
});
