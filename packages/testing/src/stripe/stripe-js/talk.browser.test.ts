import type { Frame, Page } from '@guichet/browser/browser-test';
import { expect } from 'vitest';
import { test } from './checkout-browser-test.ts';

/** A frame as that of an element, which no element has opened. */
const addFrame = async (page: Page, stripe: string, toldOrigin: string) => {
  await page.evaluate(
    ({ source, told }) => {
      const other = document.createElement('iframe');
      other.name = 'other';
      other.src = `${source}/v3/elements-inner-payment.html#${encodeURIComponent(told)}`;
      document.body.append(other);
    },
    { source: stripe, told: toldOrigin },
  );
  await expect.poll(() => page.frame('other')?.url()).toContain('elements-inner-payment');
  return page.frame('other') as Frame;
};

const sayReady = (frame: Frame) =>
  frame.evaluate(() => window.parent.postMessage({ kind: 'ready' }, '*'));

test('an element hears its own frame alone, while that is where it was opened', async ({
  fake,
  shop,
  checkout,
}) => {
  const { page, card, events } = await checkout();
  const frame = await card();

  await sayReady(await addFrame(page, fake.url, shop));
  await page.evaluate(() => window.postMessage({ kind: 'ready' }, '*'));
  await page.evaluate(() => {
    document.querySelector('iframe')?.setAttribute('src', 'about:blank');
  });
  await frame.waitForURL('about:blank');
  await sayReady(frame);
  // Whatever was said before this has been heard by now, or has not.
  await page.evaluate(() => new Promise((heard) => setTimeout(heard, 50)));

  expect(await events('ready')).toHaveLength(1);
});

test('a frame hears its own page alone, and speaks to the origin it was told of', async ({
  fake,
  checkout,
}) => {
  const { page, card } = await checkout();
  const frame = await card();
  await frame.fill('#number', '4242');

  await frame.evaluate(() => window.postMessage({ kind: 'clear' }, '*'));
  await frame.fill('#expiry', '1');
  expect(await frame.inputValue('#number')).toBe('4242');

  await page.evaluate(() => {
    document.title = 'heard nothing';
    window.addEventListener('message', () => {
      document.title = 'heard something';
    });
  });
  const other = await addFrame(page, fake.url, 'http://elsewhere.example');
  await page.evaluate(
    (origin) => window.frames[1]?.postMessage({ kind: 'start' }, origin),
    fake.url,
  );
  await other.evaluate(() => new Promise((heard) => setTimeout(heard, 50)));
  expect(await other.evaluate(() => document.body.hidden)).toBe(true);
  expect(await page.title()).toBe('heard nothing');
});
