import { expect, test } from 'vitest';
import type { Operation } from './history/operation.ts';
import { lineOf, tableOf } from './table.ts';

const asked = (outcome: Operation['outcome']): Operation => ({
  client: 1,
  op: 'hold',
  slotId: 'slot',
  called: 0,
  returned: 1,
  outcome,
  during: 'fire',
});

test('counts what came of the operations of each fault, and of all', () => {
  const operations = [asked('ok'), asked('refused'), asked('unknown'), asked('unknown')];
  const fire = lineOf('fire', operations, () => 'happened', []);
  expect(fire).toMatchObject({ operations: 4, ok: 1, refused: 1, happened: 2, lost: 0 });

  const rows = tableOf([fire, fire, { ...fire, fault: 'flood' }]).split('\n');
  expect(
    rows.map((row) =>
      row
        .trim()
        .split(/\s{2,}/)
        .slice(0, 3),
    ),
  ).toEqual([
    ['fault', 'times', 'asked'],
    ['fire', '2', '8'],
    ['flood', '1', '4'],
    ['all', '3', '12'],
  ]);
});
