import { languages } from '@guichet/contracts/shapes';
import type { Message } from '@guichet/messaging/message';
import { describe, expect } from 'vitest';
import {
  cancelled,
  codeAsked,
  confirmationAsked,
  confirmed,
  joined,
  late,
  offered,
  published,
  refunded,
  resetAsked,
  tokenReused,
} from '../messages-test.ts';
import { notification, test } from '../notification-test.ts';
import { textsIn } from '../templates/texts.ts';

/** Their names are no markup, whatever they are. */
const attendees = [
  { firstName: 'Zoë <b>', lastName: 'Ŝmith' },
  { firstName: 'José', lastName: 'd’Ávila' },
];

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
    ).toEqual(['image/png', 'text/calendar']);
    expect(mails.receipt?.text).toMatch(written[language].amount);
  });

  test('each attendee is named beside the QR code that is theirs', async ({ pool, mail }) => {
    const { handle } = notification(pool, mail, 'resend');
    await handle(published());
    await handle(confirmed(language, attendees));

    const confirmation = mail.inbox.list().find((one) => one.template === 'booking_confirmed');
    const html = confirmation?.html ?? '';
    const shown = [...html.matchAll(/Zoë &lt;b&gt; Ŝmith<\/p>|José d’Ávila<\/p>|cid:pass-\d/g)];
    expect(shown.map(([one]) => one)).toEqual([
      'Zoë &lt;b&gt; Ŝmith</p>',
      'cid:pass-1',
      'José d’Ávila</p>',
      'cid:pass-2',
    ]);
    expect(html).toContain(textsIn[language].showPasses);
    expect(html).not.toContain(textsIn[language].showPass);
    expect(confirmation?.text).toMatch(
      /Zoë <b> Ŝmith\s+pass-1\.png\s+José d’Ávila\s+pass-2\.png\s/,
    );
    expect(confirmation?.attachments.map(({ name }: { name: string }) => name)).toEqual([
      'pass-1.png',
      'pass-2.png',
      'K7MN-4PQR.ics',
    ]);
  });

  test('every other e-mail has its words and no gap in them', async ({ pool, mail }) => {
    const { handle } = notification(pool, mail, 'resend');
    await handle(published());
    await handle(cancelled(language));
    await handle(late(language));
    await handle(late(language, 'late_payment_cancelled'));
    await handle(refunded());
    await handle(resetAsked(language));
    await handle(tokenReused(language));
    await handle(codeAsked(language));
    await handle(joined(language));
    await handle(offered(language));

    const mails = mail.inbox.list();
    expect(mails.map(({ template }) => template).sort()).toEqual([
      'booking_cancelled',
      'late_payment',
      'late_payment_cancelled',
      'line_code',
      'password_reset',
      'places_offered',
      'refund',
      'token_reused',
      'waiting_list_joined',
    ]);
    for (const one of mails) {
      expect(one.language, one.template ?? '').toBe(language);
      expect(one.subject.length).toBeGreaterThan(5);
      expect(`${one.subject} ${one.text} ${one.html}`).not.toMatch(/undefined|\[object|NaN/);
    }
    const reset = mails.find(({ template }) => template === 'password_reset');
    expect(reset?.html).toContain('/password-reset#reset-secret');
    const code = mails.find(({ template }) => template === 'line_code');
    expect(code?.text).toContain('042137');
    expect(code?.subject).toContain('042137');
    const waits = mails.find(({ template }) => template === 'waiting_list_joined');
    expect(waits?.html).toMatch(/\/waiting-list\/[0-9a-f-]{36}#entry-capability/);
    expect(waits?.text).toMatch(written[language].day);
    const offer = mails.find(({ template }) => template === 'places_offered');
    expect(offer?.html).toMatch(/\/bookings\/[0-9a-f-]{36}#capability/);
    expect(offer?.text).toMatch(written[language].amount);
    // Until when, as it is at the venue.
    expect(offer?.text).toMatch(/2999.{1,12}12[:.]00/);
    const toldLate = mails.filter(({ template }) => template?.startsWith('late_payment'));
    for (const one of toldLate) expect(one.text).toMatch(written[language].amount);
    expect(new Set(toldLate.map(({ subject }) => subject)).size).toBe(2);
  });
});

test('a confirmation that is asked for again is sent again, once for each asking, without the receipt', async ({
  pool,
  mail,
}) => {
  const { handle } = notification(pool, mail, 'resend');
  await handle(published());
  await handle(confirmed('en', attendees));
  const [first] = mail.inbox.list().filter(({ template }) => template === 'booking_confirmed');
  const again = confirmationAsked('fr', attendees);
  await handle(again);
  await handle(again);
  await handle(confirmationAsked('en', attendees));

  const mails = mail.inbox.list();
  expect(mails.map(({ template, language }) => `${template} ${language}`).sort()).toEqual([
    'booking_confirmed en',
    'booking_confirmed en',
    'booking_confirmed fr',
    'receipt en',
  ]);
  const french = mails.find(({ language }) => language === 'fr');
  expect(french?.to).toBe(first?.to);
  expect(french?.attachments).toEqual(
    first?.attachments.map((one: { name: string }) => expect.objectContaining({ name: one.name })),
  );
  expect(french?.html).toContain('José d’Ávila');
  expect(french?.html).toMatch(/\/bookings\/[0-9a-f-]{36}#capability/);
});

test('the names of attendees, the passes and the capability are not kept', async ({
  pool,
  mail,
}) => {
  const { handle } = notification(pool, mail, 'resend');
  await handle(published());
  await handle(confirmed('en', attendees));
  const kept = async () =>
    JSON.stringify([
      (await pool.query('select sequence, state from bookings')).rows,
      (await pool.query('select * from notifications')).rows,
    ]);

  expect(await kept()).toContain('ada@guichet.test');
  expect(await kept()).not.toMatch(/Ŝmith|Ávila|capability|0123456789ABCDEF/);
  for (const [at, fact] of [cancelled(), late(), confirmationAsked()].entries()) {
    await handle({ ...fact, sequence: 8 + at, data: { ...(fact.data as object), attendees } });
    expect(await kept()).toContain(`"sequence":${8 + at}`);
    expect(await kept()).not.toMatch(/Ŝmith|Ávila/);
  }
});

test('a fact that an older reservation told, without attendees, is one pass for all', async ({
  pool,
  mail,
}) => {
  const { handle } = notification(pool, mail, 'resend');
  await handle(published());
  const fact = confirmed();
  await handle({ ...fact, data: { ...(fact.data as object), attendees: undefined } });

  expect(mail.inbox.list().map(({ template }) => template)).toContain('booking_confirmed');
});

/** The same fact about a booking that costs nothing. */
const atNoCost = (fact: Message): Message => ({
  ...fact,
  data: { ...(fact.data as object), lines: [], taxCents: 0, totalCents: 0 },
});

test('what costs nothing has no receipt, and its cancelling says nothing of money', async ({
  pool,
  mail,
}) => {
  const { handle } = notification(pool, mail, 'resend');
  await handle(published());
  await handle(atNoCost(confirmed()));
  await handle(atNoCost(cancelled('en', 0)));

  const mails = mail.inbox.list();
  expect(mails.map(({ template }) => template).sort()).toEqual([
    'booking_cancelled',
    'booking_confirmed',
  ]);
  const told = mails.find(({ template }) => template === 'booking_cancelled');
  expect(told?.text).toContain('your booking is cancelled');
  expect(told?.text).not.toMatch(/paid back|paying|€/);
});

test('what was paid and is not given back is said', async ({ pool, mail }) => {
  const { handle } = notification(pool, mail, 'resend');
  await handle(published());
  await handle(cancelled('en', 0));

  expect(mail.inbox.list()[0]?.text).toContain('Nothing is paid back for this booking.');
});

test('a reset link that has run out is not sent', async ({ pool, mail }) => {
  const { handle } = notification(pool, mail, 'resend');
  await handle(resetAsked('en', '2020-01-01T00:00:00Z'));

  expect(mail.inbox.list()).toEqual([]);
});

test('an offer that has run out is told to nobody', async ({ pool, mail }) => {
  const { handle } = notification(pool, mail, 'resend');
  await handle(published());

  await handle(offered('en', '2020-01-01T10:00:00Z'));

  expect(mail.inbox.list()).toEqual([]);
});

test('a code for a line that has run out is sent to nobody', async ({ pool, mail }) => {
  const { handle } = notification(pool, mail, 'resend');

  await handle(codeAsked('en', '2020-01-01T10:00:00Z'));

  expect(mail.inbox.list()).toEqual([]);
});
