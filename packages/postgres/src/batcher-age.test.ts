import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createBatcher } from './batcher.ts';
import { aDatabase } from './batcher-test.ts';

test('its queue has no age while a statement can be sent', async () => {
  const database = aDatabase();
  const call = createBatcher(database);

  const answer = call({ key: 'a' });
  await turn();
  await sleep(20);

  expect(call.queueAgeMs()).toBe(0);
  await database.endAll();
  await answer;
});

/** So many wait that whoever comes now is in a crowd. */
const aCrowd = (count = 16) => Array.from({ length: count }, (_, nth) => ({ key: `${nth}` }));

test('a few whom a slow moment holds up are no crowd, and their queue has no age', async () => {
  const database = aDatabase();
  const call = createBatcher({ ...database, mostInFlight: 1 });
  const answers = [call({ key: 'a' })];
  await turn();
  answers.push(...aCrowd(15).map(call));
  await sleep(20);
  expect(call.queueAgeMs()).toBe(0);

  answers.push(call({ key: 'one more' }));

  expect(call.queueAgeMs()).toBeGreaterThan(15);
  await database.endAll();
  await Promise.all(answers);
});

test('its queue is as old as what waits first, while no statement ends', async () => {
  const database = aDatabase();
  const call = createBatcher({ ...database, mostInFlight: 1 });
  const answers = [call({ key: 'a' })];
  await turn();
  answers.push(call({ key: 'b' }));
  await sleep(20);
  answers.push(...aCrowd().map(call));

  expect(call.queueAgeMs()).toBeGreaterThan(15);
  await database.endAll();
  await Promise.all(answers);
  expect(call.queueAgeMs()).toBe(0);
});

test('who comes now waits for as many statements as are before them, each as long as of late', async () => {
  const database = aDatabase();
  const call = createBatcher({ ...database, mostInFlight: 1, mostMembers: 8 });
  const timed = call({ key: 'a' });
  await turn();
  await sleep(40);
  await database.endAll();
  await timed;

  const answers = aCrowd(24).map(call);
  await turn();

  // Eight are in the statement under way, sixteen in the two after it: a new one is in the third.
  expect(call.queueAgeMs()).toBeGreaterThan(3 * 35);
  await database.endAll();
  await Promise.all(answers);
});
