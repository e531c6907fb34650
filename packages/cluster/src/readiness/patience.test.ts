import { expect, test } from 'vitest';
import { createPatience } from './patience.ts';

const trouble = (object: string, patienceMs: number) => ({ object, says: 'waits.', patienceMs });

test('what lasts is said once, what passes never, and what cannot pass ends the waiting', () => {
  let now = 0;
  const patience = createPatience(() => now);
  const slow = trouble('pod/slow', Number.POSITIVE_INFINITY);
  const lost = trouble('pod/lost', 30_000);

  expect(patience.consider([slow, lost])).toEqual({ news: [], hopeless: undefined });
  now = 16_000;
  expect(patience.consider([slow])).toEqual({ news: [slow], hopeless: undefined });
  patience.said(slow);
  now = 31_000;
  // It was gone for a while: its time begins again.
  expect(patience.consider([slow, lost])).toEqual({ news: [], hopeless: undefined });
  now = 61_000;
  expect(patience.consider([slow, lost])).toEqual({ news: [lost], hopeless: lost });
});

test('what is over for good is not waited for', () => {
  const failed = trouble('job/migrate', 0);

  expect(createPatience(() => 0).consider([failed]).hopeless).toBe(failed);
});
