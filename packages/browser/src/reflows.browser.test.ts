import { expect } from 'vitest';
import { reflows } from './reflows.ts';
import { html, test } from './served-test.ts';

const wide = '<div class="wide" style="width: 400px">Wide</div>';

test('what fits is told nothing, on the phone and on the desk', async ({ serve, openPage }) => {
  const origin = await serve({ '/': html('<h1>Tickets</h1><p>Boats leave every hour.</p>') });

  for (const screen of ['phone', 'desktop'] as const) {
    const page = await openPage({ origins: [origin], screen });
    await page.goto(origin);
    const before = page.viewportSize();

    expect(await reflows(page)).toEqual([]);
    expect(page.viewportSize()).toEqual(before);
  }
});

test('what makes the page scroll sideways is named', async ({ serve, openPage }) => {
  const origin = await serve({ '/': html(`<main><p>Text</p>${wide}</main>`) });

  for (const screen of ['phone', 'desktop'] as const) {
    const page = await openPage({ origins: [origin], screen });
    await page.goto(origin);

    expect(await reflows(page)).toEqual([
      expect.stringMatching(/^ends at 408 px: <div class="wide"/),
    ]);
  }
});

test('what is cut off instead is named too; what scrolls in a box of its own is not', async ({
  serve,
  openPage,
}) => {
  const origin = await serve({
    '/cut': html(wide, 'html { overflow-x: hidden }'),
    '/scroller': html(`<div style="overflow-x: auto">${wide}</div>`),
  });
  const page = await openPage({ origins: [origin] });

  await page.goto(`${origin}/cut`);
  expect(await reflows(page)).toHaveLength(1);
  await page.goto(`${origin}/scroller`);
  expect(await reflows(page)).toEqual([]);
});
