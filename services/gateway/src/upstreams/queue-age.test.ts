import { expect, test } from 'vitest';
import { createQueueAge } from './queue-age.ts';

/** A line, and a clock that goes as the test says. */
function aLine() {
  let nowMs = 0;
  const age = createQueueAge(() => nowMs);
  return {
    age,
    after(ms: number) {
      nowMs += ms;
    },
    /** So many come at once, and one is served every so many milliseconds. */
    serve(count: number, everyMs: number) {
      const turns = Array.from({ length: count }, () => age.enter());
      for (const turn of turns) {
        turn.served();
        nowMs += everyMs;
      }
    },
  };
}

test('nobody waits where nobody is in line, however slowly it moved', () => {
  const { age, serve } = aLine();

  serve(10, 100);

  expect(age.ms()).toBe(0);
});

test('a bunch is as old as it takes to serve it, before any of it has waited', () => {
  const { age, serve } = aLine();
  serve(10, 20);

  for (let nth = 0; nth < 30; nth += 1) age.enter();

  expect(age.ms()).toBeCloseTo(30 * 20);
});

test('calls that came one by one, with time between them, say nothing of how fast it moves', () => {
  const { age, after } = aLine();
  for (let nth = 0; nth < 10; nth += 1) {
    age.enter().served();
    after(5_000);
  }

  for (let nth = 0; nth < 30; nth += 1) age.enter();

  expect(age.ms()).toBe(0);
});

test('while nobody is served it is as old as its first has waited', () => {
  const { age, after } = aLine();
  const first = age.enter();
  after(300);
  for (let nth = 0; nth < 20; nth += 1) age.enter();
  after(400);
  expect(age.ms()).toBe(700);

  first.left();

  expect(age.ms()).toBe(400);
});

test('a few whom a slow moment holds up are no crowd, and their line has no age', () => {
  const { age, after } = aLine();
  for (let nth = 0; nth < 15; nth += 1) age.enter();
  after(700);
  expect(age.ms()).toBe(0);

  age.enter();

  expect(age.ms()).toBe(700);
});

test('what the service says is added, and is not known any more after a second', () => {
  const { age, after } = aLine();
  const asked = age.enter();
  asked.served();
  asked.heard(800);
  after(1_000);
  expect(age.ms()).toBe(800);

  after(1);

  expect(age.ms()).toBe(0);
});

test('of those who come then one is let through, until it is answered or another second is over', () => {
  const { age, after } = aLine();
  const asked = age.enter();
  asked.served();
  asked.heard(800);
  after(1_001);

  const probe = age.enter();
  probe.served();
  probe.left();
  expect(age.ms()).toBe(800);
  probe.heard(0);

  expect(age.ms()).toBe(0);
});
