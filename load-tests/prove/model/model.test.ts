import { expect, test } from 'vitest';
import { createModel } from './model.ts';

test('sells what there is, and what comes back', () => {
  const model = createModel(3);
  expect([model.place(2), model.place(2), model.place(1)]).toEqual(['ok', ['sold_out'], 'ok']);
  expect(model.cancel(0)).toBe('ok');
  expect([model.remaining(), model.place(2), model.remaining()]).toEqual([2, 'ok', 0]);
});

test('a booking is paid once, and ends once', () => {
  const model = createModel(3);
  model.place(1);
  expect([model.begin(0), model.pay(0, false), model.pay(0, true)]).toEqual([
    'ok',
    ['declined'],
    'ok',
  ]);
  expect([model.begin(0), model.extend(0)]).toEqual([['already_paid'], ['booking_not_pending']]);
  expect([model.cancel(0), model.cancel(0)]).toEqual(['ok', ['booking_ended']]);
});
