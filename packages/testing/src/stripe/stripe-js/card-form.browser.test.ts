import { axe } from '@guichet/browser/axe';
import type { Frame } from '@guichet/browser/browser-test';
import { focusNotObscured } from '@guichet/browser/focus-not-obscured';
import { layoutShift } from '@guichet/browser/layout-shift';
import { reflows } from '@guichet/browser/reflows';
import { targetSizes } from '@guichet/browser/target-sizes';
import { expect } from 'vitest';
import { type Checkout, test } from './checkout-browser-test.ts';

const labels = {
  en: ['Card number', 'Expiration date', 'Security code'],
  fr: ['Numéro de carte', 'Date d’expiration', 'Code de sécurité'],
  de: ['Kartennummer', 'Ablaufdatum', 'Sicherheitscode'],
  es: ['Número de tarjeta', 'Fecha de caducidad', 'Código de seguridad'],
  it: ['Numero della carta', 'Data di scadenza', 'Codice di sicurezza'],
} as const;
const frames = {
  en: 'Secure payment input frame',
  fr: 'Cadre de saisie sécurisé pour le paiement',
  de: 'Sicherer Eingaberahmen für Zahlungen',
  es: 'Marco de entrada de pago seguro',
  it: 'Riquadro sicuro per l’inserimento del pagamento',
};
const declined = {
  en: 'Your card was declined.',
  fr: 'Votre carte a été refusée.',
  de: 'Ihre Karte wurde abgelehnt.',
  es: 'Tu tarjeta ha sido rechazada.',
  it: 'La carta è stata rifiutata.',
};
const languages = ['en', 'fr', 'de', 'es', 'it'] as const;

test.for(languages)(
  'is labelled, refuses and declines in the language %s',
  async (locale, { checkout, expectComplaint }) => {
    const { page, card, pay, says } = await checkout({ locale });
    expectComplaint(/ 402 /);
    const form = page.frameLocator(`iframe[title="${frames[locale]}"]`);
    const [number, expiry, cvc] = labels[locale];

    await form.getByLabel(number).fill('4242424242424241');
    await form.getByLabel(expiry).fill('1220');
    await form.getByLabel(cvc).fill('12');
    await page.getByRole('button', { name: 'Pay' }).click();

    await says(/^submit invalid_number: .{20}/);
    const frame = await card();
    expect(await frame.getAttribute('html', 'lang')).toBe(locale);
    expect(await frame.getByRole('alert').allTextContents()).toEqual([
      expect.stringMatching(/.{20}/),
      expect.stringMatching(/.{20}/),
      expect.stringMatching(/.{20}/),
    ]);
    expect(await axe(page)).toEqual([]);
    await pay('4000000000000002');
    await says(`card_error card_declined generic_decline ${declined[locale]}`);
  },
);

const submitWith = async ({ page, card }: Checkout, fields: readonly string[]) => {
  const frame = await card();
  const [number = '', expiry = '', cvc = ''] = fields;
  await frame.fill('#number', number);
  await frame.fill('#expiry', expiry);
  await frame.fill('#cvc', cvc);
  await page.getByRole('button', { name: 'Pay' }).click();
  return frame;
};

test.for([
  ['incomplete_number', '4242', '1234', '123', 'number'],
  ['invalid_number', '4242424242424241', '1234', '123', 'number'],
  ['incomplete_expiry', '4242424242424242', '1', '123', 'expiry'],
  ['invalid_expiry_month', '4242424242424242', '1334', '123', 'expiry'],
  ['invalid_expiry_year_past', '4242424242424242', '1220', '123', 'expiry'],
  ['incomplete_cvc', '4242424242424242', '1234', '1', 'cvc'],
  ['incomplete_cvc', '378282246310005', '1234', '123', 'cvc'],
])('refuses with %s: %s, %s, %s', async ([code, number, expiry, cvc, field], { checkout }) => {
  const started = await checkout();

  const frame = await submitWith(started, [number ?? '', expiry ?? '', cvc ?? '']);

  await started.says(`submit ${code}: Your card`);
  expect(await frame.getAttribute(`#${field}`, 'aria-invalid')).toBe('true');
  expect(await frame.evaluate(() => document.activeElement?.id)).toBe(field);
  expect(await frame.locator('[aria-invalid=true]').count()).toBe(1);
});

test('is filled in and sent by the keyboard alone, the bank’s question too', async ({
  checkout,
}) => {
  const { page, card, bank, says } = await checkout();
  const frame = await card();
  const { keyboard } = page;
  // The focus goes from one document into another's process, which takes a moment.
  const hasFocus = async (where: Frame, selector: string) =>
    expect
      .poll(() =>
        where.evaluate((s) => document.hasFocus() && document.activeElement?.matches(s), selector),
      )
      .toBe(true);

  await keyboard.press('Tab');
  await hasFocus(frame, '#number');
  await keyboard.type('4000002760003184');
  await keyboard.press('Tab');
  await keyboard.type('1234');
  await keyboard.press('Tab');
  await keyboard.type('123');
  await keyboard.press('Enter');

  const asked = await bank();
  await asked.waitForSelector('button');
  await keyboard.press('Escape');
  await keyboard.press('Escape');
  await hasFocus(asked, 'body');
  await keyboard.press('Tab');
  await hasFocus(asked, 'button');
  await keyboard.press('Enter');
  await says('succeeded');
});

test('sets what is typed as it stands on a card, and lets it be mended', async ({ checkout }) => {
  const { page, card } = await checkout();
  const frame = await card();
  await frame.focus('#number');

  await page.keyboard.type('42424242');
  expect(await frame.inputValue('#number')).toBe('4242 4242');
  for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press('Backspace');
  expect(await frame.inputValue('#number')).toBe('4242');
  await frame.focus('#expiry');
  await page.keyboard.type('93');
  expect(await frame.inputValue('#expiry')).toBe('09 / 3');
  for (let presses = 0; presses < 2; presses += 1) await page.keyboard.press('Backspace');
  expect(await frame.inputValue('#expiry')).toBe('0');
});

test('keeps WCAG 2.2 on the phone and on the desk, by day and by night', async ({ checkout }) => {
  for (const screen of ['phone', 'desktop'] as const) {
    for (const appearance of [{}, { theme: 'night' }]) {
      const { page, card, says } = await checkout({ screen, appearance });
      const frame = await card();
      if ('theme' in appearance)
        await page.addStyleTag({ content: 'body { background: #1a1b25; color: white }' });
      expect(await axe(page)).toEqual([]);
      await submitWith({ page, card, says } as Checkout, ['4', '1', '1']);
      await frame.waitForSelector('[aria-invalid=true]');

      expect(await axe(page)).toEqual([]);
      expect(await targetSizes(page)).toEqual([]);
      expect(await focusNotObscured(page)).toEqual([]);
      expect(await reflows(page)).toEqual([]);
    }
  }
});

test('lets the bank ask in the language of the page, in a page that keeps WCAG 2.2', async ({
  checkout,
}) => {
  for (const [locale, answer] of Object.entries({ de: 'Bestätigen', es: 'Confirmar' })) {
    const { page, pay, bank, says } = await checkout({ locale, screen: 'phone' });
    await pay('4000002760003184');
    const button = (await bank()).getByRole('button', { name: answer });
    await button.waitFor();

    expect(await axe(page)).toEqual([]);
    expect(await focusNotObscured(page)).toEqual([]);
    expect(await reflows(page)).toEqual([]);
    await button.click();
    await says('succeeded');
  }
});

test('moves nothing of the page: neither when it comes nor when it refuses', async ({
  checkout,
}) => {
  for (const screen of ['phone', 'desktop'] as const) {
    for (const locale of languages) {
      const started = await checkout({ screen, locale });
      const frame = await submitWith(started, ['4', '1020', '1']);
      await frame.waitForSelector('#expiry[aria-invalid=true]');

      expect(await layoutShift(started.page)).toBe(0);
    }
  }
});
