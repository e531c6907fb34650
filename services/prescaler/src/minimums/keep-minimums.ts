import type { Logger } from '@guichet/telemetry/logger';
import type { Scaled } from '../capacity/figures.ts';
import type { TargetStore } from '../kubernetes/target-store.ts';
import { type Asked, decideMinimum, stateOf } from './decide-minimum.ts';
import type { Change, Target } from './target.ts';

export type AskedOf = (targets: readonly Target[]) => Readonly<Record<Scaled, Asked>>;

/** Brings every autoscaler to what is asked of it, while this replica leads and means it. */
export function createMinimums({
  store,
  leads,
  dryRun,
  failed,
  logger,
  now = Date.now,
}: {
  store: TargetStore;
  leads: () => boolean;
  dryRun: () => boolean;
  failed: () => void;
  logger: Logger;
  now?: () => number;
}) {
  let targets: readonly Target[] = [];

  async function change(target: Target, decided: Change): Promise<void> {
    const of = { target: target.name, kind: target.kind, sentence: decided.sentence };
    if (!(await store.change(target, decided))) {
      logger.info(of, 'somebody else changed an autoscaler; it is looked at again');
      return;
    }
    logger.info({ ...of, minimum: decided.minimum }, 'a minimum was decided on');
    await store
      .tell(target, decided)
      .catch((err) => logger.warn({ err, ...of }, 'an event could not be written'));
  }

  /** What is as it was before a sale is somebody else's to set. */
  async function letGo(target: Target): Promise<void> {
    if (!stateOf(target, now()).raised) await store.letGo(target);
  }

  return {
    targets: () => targets,
    /** Followers look too, so that any of them can tell. */
    async keep(askedOf: AskedOf): Promise<void> {
      targets = await store.list();
      const asked = askedOf(targets);
      for (const target of targets) {
        const decided = decideMinimum(target, asked[target.service], now());
        // Asked anew before each: a lease may end between one and the next.
        if (dryRun() || !leads()) continue;
        await (decided ? change(target, decided) : letGo(target)).catch((err) => {
          failed();
          logger.error({ err, target: target.name }, 'a minimum could not be changed');
        });
      }
    },
  };
}
export type Minimums = ReturnType<typeof createMinimums>;
