import { expect, test } from 'vitest';
import { failpointNames } from './failpoint-names.ts';

test('finds the steps of placing, paying, the fence, the outbox and the messages', () => {
  expect(failpointNames()).toEqual(
    expect.arrayContaining([
      'booking.fence_answered',
      'booking.fenced',
      'booking.offered',
      'booking.paid',
      'booking.placed',
      'message.handled',
      'outbox.published',
    ]),
  );
});
