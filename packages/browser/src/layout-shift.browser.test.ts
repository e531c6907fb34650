import { expect } from 'vitest';
import { layoutShift } from './layout-shift.ts';
import { html, test } from './served-test.ts';

/** A banner that comes when the first frame was drawn, into this much room. */
const late = (
  room: number,
) => `<div id="banner" style="min-height: ${room}px"></div><h1>Tickets</h1><p>Text</p>
  <script>
    const news = () => { banner.innerHTML = '<div style="height: 300px">News</div>'; };
    new PerformanceObserver(news).observe({ type: 'paint', buffered: true });
  </script>`;

test('a page that keeps the room for what comes late does not move', async ({
  serve,
  openPage,
}) => {
  const origin = await serve({ '/': html(late(300)) });
  const page = await openPage({ origins: [origin] });
  await page.goto(origin);
  await page.getByText('News').waitFor();

  expect(await layoutShift(page)).toBe(0);
});

test('a page that makes room only then has moved', async ({ serve, openPage }) => {
  const origin = await serve({ '/': html(late(0)) });
  const page = await openPage({ origins: [origin] });
  await page.goto(origin);
  await page.getByText('News').waitFor();

  expect(await layoutShift(page)).toBeGreaterThan(0.01);
});

test('what follows an input is not counted', async ({ serve, openPage }) => {
  const origin = await serve({
    '/': html(`<button onclick="this.style.marginBottom = '300px'">More</button><h1>Tickets</h1>`),
  });
  const page = await openPage({ origins: [origin] });
  await page.goto(origin);

  await page.getByRole('button').click();

  expect(await layoutShift(page)).toBe(0);
});
