import { expect, test } from 'vitest';
import { Refusal } from './refusal.ts';

test('a refusal says why and writes down no stack; a fault after it still does', () => {
  const refusal = new Refusal('sold_out', 'Not enough places are left.');

  expect(refusal).toMatchObject({
    name: 'Refusal',
    code: 'sold_out',
    message: 'Not enough places are left.',
  });
  expect(refusal.stack).not.toContain('\n');
  expect(new Error('a fault').stack).toContain('refusal.test.ts');
});
