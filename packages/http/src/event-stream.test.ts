import { expect, test } from 'vitest';
import { retryHint } from './event-stream.ts';

test('readers are told to come back at different times, within six seconds', () => {
  expect(retryHint(() => 0)).toBe('retry: 2000\n\n');
  expect(retryHint(() => 0.999_999)).toBe('retry: 6000\n\n');
});
