import { expect, test } from 'vitest';
import { dateAt, money } from './format.ts';

const plain = (text: string) => text.replaceAll(/\s/g, ' ');

test('an amount is written by its currency and the language, whatever was written before', () => {
  const written = [
    money(2_100, 'EUR', 'en'),
    money(2_100, 'EUR', 'fr'),
    money(2_100, 'JPY', 'en'),
    money(2_150, 'EUR', 'en'),
  ];

  expect(written.map(plain)).toEqual(['€21.00', '21,00 €', '¥2,100', '€21.50']);
});

test('a date is written as it is at each venue', () => {
  const at = '2026-07-01T22:30:00Z';

  expect(plain(dateAt(at, 'Europe/Paris', 'en'))).toContain('Thursday, July 2, 2026 at 12:30 AM');
  expect(plain(dateAt(at, 'America/New_York', 'en'))).toContain(
    'Wednesday, July 1, 2026 at 6:30 PM',
  );
  expect(plain(dateAt(at, 'Europe/Paris', 'fr'))).toContain('jeudi 2 juillet 2026');
});
