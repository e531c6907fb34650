import { expect, test } from 'vitest';
import { firstIdSince, newId } from './ids.ts';

const many = 100_000;

test('ids are UUIDs of version 7, each another, in the order in which they were made', () => {
  const ids = Array.from({ length: many }, newId);

  expect(new Set(ids).size).toBe(many);
  expect([...ids].sort()).toEqual(ids);
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

test('what two ids have of chance is not the same, however many are drawn at once', () => {
  const ends = Array.from({ length: 1_000 }, () => newId().slice(-8));

  expect(new Set(ends).size).toBeGreaterThan(990);
});

test('an id says when it was made, to the millisecond', () => {
  const before = new Date();
  const id = newId();
  const after = new Date(Date.now() + 1);

  expect(id >= firstIdSince(before)).toBe(true);
  expect(id < firstIdSince(new Date(after.getTime() + 1_000))).toBe(true);
});
