import { describe, expect, test } from 'vitest';
import { type Asked, decideMinimum } from './decide-minimum.ts';
import { annotation, type Change, type Target } from './target.ts';
import { targetOf } from './target-test.ts';

const minute = 60_000;
const began = Date.parse('2026-12-01T10:00:00Z');
const asking = (replicas: number, minutes: number): Asked => ({
  replicas,
  until: began + minutes * minute,
});
const nothing: Asked = { replicas: 0, until: null };

/** The object as it is after a change. */
function changed(target: Target, change: Change | undefined): Target {
  if (!change) return target;
  const annotations = { ...target.annotations, ...change.annotations };
  const kept = Object.entries(annotations).filter(
    (one): one is [string, string] => one[1] !== null,
  );
  return {
    ...target,
    minimum: change.minimum ?? target.minimum,
    annotations: Object.fromEntries(kept),
  };
}
/** As a leader looks at it, minute by minute. */
function look(target: Target, asked: Asked, fromMinute: number, minutes: number): Target[] {
  const seen: Target[] = [];
  let now = target;
  for (let nth = 0; nth < minutes; nth += 1) {
    now = changed(now, decideMinimum(now, asked, began + (fromMinute + nth) * minute));
    seen.push(now);
  }
  return seen;
}
const minimums = (seen: readonly Target[]) => seen.map(({ minimum }) => minimum);

test('a minimum is raised, held, and given back in three steps to what it was', () => {
  const [raised] = look(targetOf(), asking(8, 15), 0, 1) as [Target];
  expect(raised.minimum).toBe(8);

  expect(minimums(look(raised, asking(8, 15), 1, 14))).toEqual(Array(14).fill(8));
  const returned = look(raised, nothing, 15, 5);

  expect(minimums(returned)).toEqual([6, 4, 2, 2, 2]);
  expect(returned.at(-1)?.annotations).toEqual({});
});

test('a successor that knows of no sale holds what was raised until its time, and gives it back', () => {
  const [raised] = look(targetOf(), asking(5, 10), 0, 1) as [Target];

  expect(minimums(look(raised, nothing, 1, 9))).toEqual(Array(9).fill(5));
  expect(minimums(look(raised, nothing, 10, 4)).at(-1)).toBe(2);
});

test('nothing is raised beyond what the autoscaler may have, or below what it has', () => {
  expect(minimums(look(targetOf(), asking(99, 15), 0, 1))).toEqual([10]);
  expect(decideMinimum(targetOf('gateway', { minimum: 6 }), asking(4, 15), began)).toBeUndefined();
});

test('a second sale raises further and holds longer', () => {
  const [first] = look(targetOf(), asking(4, 10), 0, 1) as [Target];
  const [both] = look(first, asking(7, 20), 5, 1) as [Target];

  expect(both.minimum).toBe(7);
  expect(both.annotations[annotation.ownMinimum]).toBe('2');
  expect(minimums(look(both, asking(3, 20), 10, 3))).toEqual([7, 7, 7]);
  expect(minimums(look(both, nothing, 20, 5)).at(-1)).toBe(2);
});

describe('a person’s own change while it is raised', () => {
  const [raised] = look(targetOf(), asking(8, 15), 0, 1) as [Target];

  test.each([1, 3, 9])('to %s is theirs, and is not fought', (minimum) => {
    const theirs = { ...raised, minimum };

    const during = look(theirs, asking(8, 15), 1, 14);
    const after = look(during.at(-1) as Target, nothing, 15, 6);

    expect(minimums([...during, ...after])).toEqual(Array(20).fill(minimum));
  });

  test('is where the next sale begins and ends', () => {
    const theirs = look({ ...raised, minimum: 3 }, asking(8, 15), 1, 1)[0] as Target;

    const [again] = look(theirs, asking(6, 40), 20, 1) as [Target];
    expect(again.minimum).toBe(6);
    expect(minimums(look(again, nothing, 40, 5)).at(-1)).toBe(3);
  });
});

test('annotations that make no sense count as none', () => {
  const odd = targetOf('gateway', {
    minimum: 4,
    annotations: { [annotation.raisedTo]: 'many', [annotation.ownMinimum]: '-1' },
  });

  expect(decideMinimum(odd, nothing, began)).toBeUndefined();
  expect(minimums(look(odd, asking(6, 10), 0, 1))).toEqual([6]);
});
