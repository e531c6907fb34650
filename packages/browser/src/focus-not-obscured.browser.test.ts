import { expect } from 'vitest';
import { focusNotObscured } from './focus-not-obscured.ts';
import { html, test } from './served-test.ts';

const links = Array.from({ length: 40 }, (_, at) => `<p><a href="#${at}">Link ${at}</a></p>`);
const bar = (style: string) =>
  `<div style="position: fixed; inset: auto 0 0; ${style}">Basket</div>`;

test('a page whose focus is always seen is told nothing', async ({ serve, openPage }) => {
  const origin = await serve({
    '/': html(`${links.join('')}<input type="checkbox"> <button>Buy</button>`),
  });
  const page = await openPage({ origins: [origin], screen: 'phone' });
  await page.goto(origin);

  expect(await focusNotObscured(page)).toEqual([]);
});

test('what a sticky bar covers is found, unless the page scrolls clear of it', async ({
  serve,
  openPage,
}) => {
  const covering = bar('height: 120px; background: white');
  const origin = await serve({
    '/': html(`${links.join('')}${covering}`),
    '/clear': html(
      `${links.join('')}${covering}`,
      'html { scroll-padding-bottom: 140px } body { padding-bottom: 140px }',
    ),
  });
  const page = await openPage({ origins: [origin], screen: 'phone' });

  await page.goto(origin);
  const found = await focusNotObscured(page);
  expect(found.length).toBeGreaterThan(5);
  expect(found[0]).toMatch(/^has the focus and is not seen: <a href="#\d+">/);
  await page.goto(`${origin}/clear`);
  expect(await focusNotObscured(page)).toEqual([]);
});

test('a stop that is nowhere on the page is found', async ({ serve, openPage }) => {
  const away = '<a href="#away" style="position: absolute; left: -999px">Away</a>';
  const origin = await serve({ '/': html(`<button>One</button>${away}<button>Two</button>`) });
  const page = await openPage({ origins: [origin] });
  await page.goto(origin);

  expect(await focusNotObscured(page)).toEqual([expect.stringContaining('#away')]);
});

test('a stop that does not let go is found', async ({ serve, openPage }) => {
  const trap = `<button>One</button><input id="trap"><button>Two</button>
    <script>trap.onkeydown = (event) => { if (event.key === 'Tab') event.preventDefault(); };</script>`;
  const origin = await serve({ '/': html(trap) });
  const page = await openPage({ origins: [origin] });
  await page.goto(origin);

  expect(await focusNotObscured(page)).toEqual(['keeps the focus: <input id="trap">']);
});

test('goes through a frame, and round in a dialog', async ({ serve, openPage }) => {
  const framed = await serve({ '/': html('<input aria-label="a"><input aria-label="b">') });
  const origin = await serve({
    '/': html(`<button>One</button><iframe src="${framed}"></iframe>
      <a href="#away" style="position: absolute; left: -999px">Away</a>`),
    '/dialog': html(`<button>Behind</button><dialog><button>Yes</button><button>No</button></dialog>
      <script>document.querySelector('dialog').showModal()</script>`),
  });
  const page = await openPage({ origins: [origin, framed] });

  await page.goto(origin);
  expect(await focusNotObscured(page)).toEqual([expect.stringContaining('#away')]);
  await page.goto(`${origin}/dialog`);
  expect(await focusNotObscured(page)).toEqual([]);
});
