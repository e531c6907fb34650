import { returnSteps, stepMs } from '../sales/plan.ts';
import { annotation, type Change, type Target } from './target.ts';

/** What all sales together ask of a target, and until when. */
export type Asked = { readonly replicas: number; readonly until: number | null };

const count = (text: string | undefined) => {
  const number = Number(text);
  return text !== undefined && Number.isInteger(number) && number >= 0 ? number : undefined;
};
const instant = (text: string | undefined) => {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
};
const at = (time: number) => new Date(time).toISOString();

/** What the target says of itself. Annotations that make no sense count as none. */
export function stateOf({ minimum, annotations }: Target, now: number) {
  const raisedTo = count(annotations[annotation.raisedTo]);
  const own = count(annotations[annotation.ownMinimum]);
  const raised = raisedTo !== undefined && own !== undefined;
  const changed = raised && minimum !== raisedTo;
  const leftAlone = (instant(annotations[annotation.leftAloneUntil]) ?? 0) > now;
  return {
    raised,
    /** Somebody else has set the minimum since it was raised. */
    changed,
    leftAlone,
    ownMinimum: raised && !changed ? own : minimum,
    until: raised ? (instant(annotations[annotation.raisedUntil]) ?? 0) : undefined,
    height: count(annotations[annotation.height]) ?? minimum,
  };
}

const gone = {
  [annotation.ownMinimum]: null,
  [annotation.raisedTo]: null,
  [annotation.raisedUntil]: null,
  [annotation.height]: null,
};

/**
 * What is to be changed of a target, by what is asked and by what is written on it: whoever leads
 * next decides the same, also one that knows of no sale. A minimum that was raised is held until
 * the time written on it and then given back in steps; one that a person changed is left to them.
 */
export function decideMinimum(target: Target, asked: Asked, now: number): Change | undefined {
  const state = stateOf(target, now);
  if (state.changed) {
    return {
      minimum: null,
      annotations: {
        ...gone,
        [annotation.leftAloneUntil]: at(Math.max(state.until ?? 0, asked.until ?? 0)),
      },
      sentence: `The minimum was changed to ${target.minimum} while it was raised: it is left so.`,
    };
  }
  if (state.leftAlone) return undefined;
  const wanted = Math.max(state.ownMinimum, Math.min(asked.replicas, target.maximum));
  if (wanted > target.minimum) return raise(target, { wanted, asked, state });
  if (!state.raised) return undefined;
  return holdOrReturn(target, { wanted, asked, state, now });
}

type State = ReturnType<typeof stateOf>;

function raise(
  { minimum }: Target,
  { wanted, asked, state }: { wanted: number; asked: Asked; state: State },
): Change {
  const until = Math.max(asked.until ?? 0, state.until ?? 0);
  return {
    minimum: wanted,
    annotations: {
      [annotation.ownMinimum]: String(state.ownMinimum),
      [annotation.raisedTo]: String(wanted),
      [annotation.raisedUntil]: at(until),
      [annotation.height]: String(Math.max(wanted, state.raised ? state.height : 0)),
      [annotation.leftAloneUntil]: null,
    },
    sentence: `The minimum rises from ${minimum} to ${wanted} for what goes on sale; it is held until ${at(until)}.`,
  };
}

function holdOrReturn(
  { minimum }: Target,
  { wanted, asked, state, now }: { wanted: number; asked: Asked; state: State; now: number },
): Change | undefined {
  const until = state.until ?? 0;
  if (
    wanted === minimum &&
    asked.until !== null &&
    asked.until > until &&
    wanted > state.ownMinimum
  ) {
    return {
      minimum: null,
      annotations: { [annotation.raisedUntil]: at(asked.until) },
      sentence: `The minimum of ${minimum} is held until ${at(asked.until)}.`,
    };
  }
  if (now < until) return undefined;
  const step = Math.max(1, Math.ceil((state.height - state.ownMinimum) / returnSteps));
  const next = Math.max(wanted, minimum - step);
  if (next === minimum && next > state.ownMinimum) return undefined;
  if (next <= state.ownMinimum) {
    return {
      minimum: state.ownMinimum,
      annotations: gone,
      sentence: `The minimum is ${state.ownMinimum} again, as it was before the sale.`,
    };
  }
  return {
    minimum: next,
    annotations: {
      [annotation.raisedTo]: String(next),
      [annotation.raisedUntil]: at(now + stepMs),
    },
    sentence: `The sale has calmed: the minimum goes from ${minimum} to ${next}, on its way to ${state.ownMinimum}.`,
  };
}
