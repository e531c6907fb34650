import { expect } from 'vitest';
import type { Buyer } from './buyer.ts';
import { test } from './shop-browser-test.ts';

const found = async ({ page }: Buyer): Promise<string[]> => {
  const names = await page.getByRole('article').getByRole('heading').allInnerTexts();
  return names.sort();
};

test('what is on is found by words, place, day and kind, and the address says by which', async ({
  openBuyer,
}) => {
  const guest = await openBuyer({ screen: 'desktop' });
  const { page, t } = guest;
  await guest.open();
  await page.getByRole('article').first().waitFor();
  const rides = ['Around Lake Annecy', 'Sunset aperitif'];
  expect(await found(guest)).not.toEqual(rides);

  await page.getByRole('searchbox', { name: t('home.place') }).fill('annecy');
  await expect.poll(() => found(guest)).toEqual(rides);
  await page.reload();
  await expect.poll(() => found(guest)).toEqual(rides);

  await page.getByText(t('kind.course'), { exact: true }).first().click();
  await guest.sees(t('home.none'));
  await page.getByText(t('kind.ride'), { exact: true }).first().click();
  await expect.poll(() => found(guest)).toEqual(rides);
  expect(new URL(page.url()).search).toBe('?place=annecy&kind=ride');
  await page.getByLabel(t('home.date')).fill('2020-01-01');
  await guest.sees(t('home.none'));
});
