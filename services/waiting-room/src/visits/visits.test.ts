import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createNetworks } from '../networks/networks.ts';
import { lineTokenKeys } from '../waiting-room-test.ts';
import { createVisits } from './visits.ts';

const networks = createNetworks(lineTokenKeys);
const home = networks.of('203.0.113.1');
const room = randomUUID();
const atMs = 1_800_000_000_000;
const visitsAt = (ms: number) => createVisits(lineTokenKeys, () => ms);
const visit = visitsAt(atMs).sign(room, home);

test('a page that was read for a second gives a turn', () => {
  expect(visitsAt(atMs + 1_000).check(visit, room, home)).toMatch(/^[0-9a-f-]{36}$/);
});

test('a neighbour of the same block is taken for the same network', () => {
  expect(visitsAt(atMs + 1_000).check(visit, room, networks.of('203.0.113.9'))).toBeDefined();
});

describe('gives none', () => {
  const codeOf = (check: () => unknown) => {
    try {
      check();
    } catch (error) {
      return (error as { code: string }).code;
    }
    return undefined;
  };

  test('before a second has passed, also to a page of the end of its second', () => {
    const late = visitsAt(atMs + 950).sign(room, home);

    expect(codeOf(() => visitsAt(atMs + 1_949).check(late, room, home))).toBe('visit_too_fresh');
    expect(visitsAt(atMs + 1_950).check(late, room, home)).toBeDefined();
  });

  test.each([
    ['before a second has passed', 999, 'visit_too_fresh'],
    ['after an hour', 3_600_001, 'visit_invalid'],
    ['from the future', -2_001, 'visit_invalid'],
  ])('%s', (_, ms, code) => {
    expect(codeOf(() => visitsAt(atMs + ms).check(visit, room, home))).toBe(code);
  });

  test('for another room, from another network, or of another signature', () => {
    const later = visitsAt(atMs + 5_000);
    const forged = createVisits(new Map([[1, Buffer.alloc(32, 1)]]), () => atMs).sign(room, home);

    expect(codeOf(() => later.check(visit, randomUUID(), home))).toBe('visit_invalid');
    expect(codeOf(() => later.check(visit, room, networks.of('198.51.100.1')))).toBe(
      'visit_invalid',
    );
    expect(codeOf(() => later.check(forged, room, home))).toBe('visit_invalid');
    expect(codeOf(() => later.check('nonsense', room, home))).toBe('visit_invalid');
  });
});
