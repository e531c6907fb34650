import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createAdmissions, createTurns, type LineKeys } from './line-tokens.ts';

const [old, next] = [randomBytes(32), randomBytes(32)];
const keys: LineKeys = new Map([
  [1, old],
  [2, next],
]);
const now = Math.floor(Date.now() / 1_000);
const turn = { id: randomUUID(), room: randomUUID(), rank: 7, iat: now };
const turns = createTurns(keys);

test('a turn that was signed says what it said', () => {
  expect(turns.verify(turns.sign(turn))).toEqual(turn);
});

test('a key that no longer signs still verifies, until it is gone', () => {
  const token = createTurns(new Map([[1, old]])).sign(turn);

  expect(turns.verify(token)).toEqual(turn);
  expect(createTurns(new Map([[2, next]])).verify(token)).toBeUndefined();
});

test('a key of the same version that is another one verifies nothing', () => {
  const forger = createTurns(new Map([[2, randomBytes(32)]]));

  expect(turns.verify(forger.sign(turn))).toBeUndefined();
});

test('a rank that was changed is no rank', () => {
  const [header, , signature] = turns.sign(turn).split('.');
  const better = Buffer.from(JSON.stringify({ ...turn, rank: 1 })).toString('base64url');

  expect(turns.verify(`${header}.${better}.${signature}`)).toBeUndefined();
});

test('one kind is never taken for another, though the key is the same', () => {
  const admission = createAdmissions(keys).sign({
    id: turn.id,
    room: turn.room,
    off: randomUUID(),
    iat: now,
    exp: now + 60,
  });

  expect(turns.verify(admission)).toBeUndefined();
});

test('a token says nothing about how it is to be verified', () => {
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'turn+jwt' })).toString(
    'base64url',
  );
  const payload = Buffer.from(JSON.stringify(turn)).toString('base64url');

  expect(turns.verify(`${header}.${payload}.`)).toBeUndefined();
  expect(turns.verify(`${header}.${payload}`)).toBeUndefined();
});

test('claims of another shape are none, though they are signed', () => {
  const [header] = turns.sign(turn).split('.');
  const payload = Buffer.from(JSON.stringify({ id: turn.id })).toString('base64url');
  const signature = createHmac('sha256', next).update(`${header}.${payload}`).digest('base64url');

  expect(turns.verify(`${header}.${payload}.${signature}`)).toBeUndefined();
});

test.each(['', '.', '..', '...', 'a.b.c', 'é.é.é'])('%j is nothing', (token) => {
  expect(turns.verify(token)).toBeUndefined();
});
