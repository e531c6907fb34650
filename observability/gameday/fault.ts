import type { Ground } from './ground.ts';
import type { TrickleOf } from './trickle.ts';

/** Notes how to make a thing as it was, before it is changed: it is done whatever happens. */
export type Undo = (revert: () => Promise<unknown>) => void;

/** What goes wrong on a game day. */
export type Fault = {
  readonly name: string;
  /** In a sentence, for whoever answers the alert. */
  readonly does: string;
  /** The alert that it must raise; its annotation names the runbook. */
  readonly alert: string;
  /** Where it can be done: a stack on one machine ends when one of its processes does. */
  readonly where: readonly Ground['kind'][];
  /** What buyers do meanwhile, where the alert needs them. */
  readonly load?: TrickleOf;
  /** How much later than its windows say the alert may come, and why. */
  readonly slackMs?: number;
  inject(ground: Ground, undo: Undo): Promise<void>;
};
