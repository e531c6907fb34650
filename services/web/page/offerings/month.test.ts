import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths, dayAfterKey, monthOf, weekdayOf, weeksOf } from './month.ts';

const anyDay = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test('a day and a number of days are where a calendar has them', () => {
  expect(addDays('2027-02-28', 1)).toBe('2027-03-01');
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
  // Clocks change on this day in Europe: it is a day all the same.
  expect(addDays('2027-03-28', 1)).toBe('2027-03-29');
});

test('a month on is the same day, or the last there is', () => {
  expect(addMonths('2027-01-31', 1)).toBe('2027-02-28');
  expect(addMonths('2027-12-15', 1)).toBe('2028-01-15');
  expect(addMonths('2027-01-15', -1)).toBe('2026-12-15');
});

test('a month in weeks has each of its days once, under its weekday', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const weeks = weeksOf(monthOf(day));
      const days = weeks.flat().filter((one) => one !== undefined);

      expect(days).toContain(day);
      expect(new Set(days).size).toBe(days.length);
      expect(days.every((one) => monthOf(one) === monthOf(day))).toBe(true);
      for (const week of weeks) {
        expect(week).toHaveLength(7);
        for (const [weekday, one] of week.entries()) if (one) expect(weekdayOf(one)).toBe(weekday);
      }
    }),
  );
});

describe('by keys', () => {
  test.each([
    ['ArrowLeft', '2027-01-06'],
    ['ArrowRight', '2027-01-08'],
    ['ArrowUp', '2026-12-31'],
    ['ArrowDown', '2027-01-14'],
    ['Home', '2027-01-04'],
    ['End', '2027-01-10'],
    ['PageUp', '2026-12-07'],
    ['PageDown', '2027-02-07'],
    ['a', undefined],
  ])('%s leads from Thursday 7 January 2027 to %s', (key, to) => {
    expect(dayAfterKey('2027-01-07', key)).toBe(to);
  });
});
