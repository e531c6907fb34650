import { expect, onTestFinished, test } from 'vitest';
import { drawPasses } from './draw-passes.ts';
import { startPassPages } from './pass-pages.ts';
import type { PassSheet } from './pass-sheet.ts';

const sheet: PassSheet = {
  language: 'en',
  organiser: 'La Lanterne',
  title: 'The Miser',
  when: 'today',
  venue: 'here',
  address: '',
  reference: '7KQM-3XHD',
  writtenAt: new Date('2027-01-01T10:00:00Z'),
  pages: [{ code: '0123456789ABCDEF $%*+-./:', admits: '1 × Adult' }],
};

test('sheets are drawn in a thread, the same as here; where too many wait, the next is refused', async () => {
  const pages = startPassPages();
  onTestFinished(pages.stop);
  const drawing = await Promise.allSettled(Array.from({ length: 60 }, () => pages.draw(sheet)));
  const refused = drawing.filter(({ status }) => status === 'rejected');
  const drawn = drawing.filter((one) => one.status === 'fulfilled');
  const here = await drawPasses(sheet);

  expect(refused.length).toBeGreaterThan(0);
  for (const one of refused) expect(one).toMatchObject({ reason: { code: 'busy' } });
  expect(drawn.length).toBeGreaterThanOrEqual(32);
  for (const { value } of drawn) expect(Buffer.compare(value, here)).toBe(0);
  expect(Buffer.compare(await pages.draw(sheet), here)).toBe(0);
});

test('one that takes too long is given up, and the next is drawn', async () => {
  const pages = startPassPages({ longestMs: 5_000 });
  onTestFinished(pages.stop);
  const endless = { ...sheet, pages: Array.from({ length: 30_000 }, () => sheet.pages).flat() };

  await expect(pages.draw(endless)).rejects.toMatchObject({ name: 'AbortError' });
  expect((await pages.draw(sheet)).subarray(0, 5).toString()).toBe('%PDF-');
});
