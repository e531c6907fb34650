import { languages } from '@guichet/contracts/shapes';
import { describe, expect } from 'vitest';
import {
  cancelled,
  confirmed,
  late,
  notification,
  published,
  refunded,
  resetAsked,
  test,
  tokenReused,
} from '../notification-test.ts';

/** How each language writes 1234.56 euros and the day it is at the venue, in Tokyo, by then. */
const written = {
  fr: { amount: /1\s234,56\s€/, day: /mercredi 3 mars 2027/ },
  en: { amount: /€1,234\.56/, day: /Wednesday,? (3 March|March 3),? 2027/ },
  de: { amount: /1\.234,56\s€/, day: /Mittwoch,? 3\. März 2027/ },
  es: { amount: /1234,56\s€/, day: /miércoles, 3 de marzo de 2027/ },
  it: { amount: /1\.?234,56\s€/, day: /mercoledì 3 marzo 2027/ },
} as const;

describe.each(languages)('in %s', (language) => {
  test('a booking is confirmed with its pass, its date and its receipt', async ({ pool, mail }) => {
    const { handle } = notification(pool, mail, 'resend');
    await handle(published());
    await handle(confirmed(language));

    const mails = Object.fromEntries(mail.inbox.list().map((one) => [one.template, one]));
    const confirmation = mails.booking_confirmed;
    expect(confirmation).toMatchObject({ to: 'ada@guichet.test', language });
    expect(confirmation?.text).toMatch(written[language].day);
    expect(confirmation?.text).toContain('K7MN-4PQR');
    expect(confirmation?.html).toContain('cid:pass-1');
    expect(confirmation?.html).toMatch(/\/bookings\/[0-9a-f-]{36}#capability/);
    expect(
      confirmation?.attachments.map((one: { contentType: string }) => one.contentType),
    ).toEqual(['image/png', 'image/png', 'text/calendar']);
    expect(mails.receipt?.text).toMatch(written[language].amount);
  });

  test('every other e-mail has its words and no gap in them', async ({ pool, mail }) => {
    const { handle } = notification(pool, mail, 'resend');
    await handle(published());
    await handle(cancelled(language));
    await handle(late(language));
    await handle(refunded());
    await handle(resetAsked(language));
    await handle(tokenReused(language));

    const mails = mail.inbox.list();
    expect(mails.map(({ template }) => template).sort()).toEqual([
      'booking_cancelled',
      'late_payment',
      'password_reset',
      'refund',
      'token_reused',
    ]);
    for (const one of mails) {
      expect(one.language, one.template ?? '').toBe(language);
      expect(one.subject.length).toBeGreaterThan(5);
      expect(`${one.subject} ${one.text} ${one.html}`).not.toMatch(/undefined|\[object|NaN/);
    }
    const reset = mails.find(({ template }) => template === 'password_reset');
    expect(reset?.html).toContain('/password-reset#reset-secret');
    const toldLate = mails.find(({ template }) => template === 'late_payment');
    expect(toldLate?.text).toMatch(written[language].amount);
  });
});

test('a reset link that has run out is not sent', async ({ pool, mail }) => {
  const { handle } = notification(pool, mail, 'resend');
  await handle(resetAsked('en', '2020-01-01T00:00:00Z'));

  expect(mail.inbox.list()).toEqual([]);
});
