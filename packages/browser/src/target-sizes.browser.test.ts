import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Look } from './browser-test.ts';
import { html, test } from './served-test.ts';
import { targetSizes } from './target-sizes.ts';

type Given = {
  serve(files: Record<string, string>): Promise<string>;
  openPage(look: Look): Promise<Page>;
};

const sizesOf = async ({ serve, openPage }: Given, body: string, style: string) => {
  const origin = await serve({ '/': html(body, style) });
  const page = await openPage({ origins: [origin] });
  await page.goto(origin);
  return targetSizes(page);
};

const small = 'button { width: 16px; height: 16px; padding: 0; border: 0; font-size: 8px }';

test('small buttons side by side are found, and apart they are not', async ({
  serve,
  openPage,
}) => {
  const given = { serve, openPage };
  const row = (gap: number) =>
    `<div style="display: flex; gap: ${gap}px"><button>-</button><button>+</button></div>`;

  expect(await sizesOf(given, row(2), small)).toEqual([
    expect.stringContaining('16 x 16 px, and another target within 24 px: <button>-</button>'),
    expect.stringContaining('<button>+</button>'),
  ]);
  expect(await sizesOf(given, row(10), small)).toEqual([]);
});

test('links are small in a list, and may be in a sentence', async ({ serve, openPage }) => {
  const given = { serve, openPage };
  const links = '<a href="#a">One</a><br><a href="#b">Two</a>';
  const style = 'body { font: 12px/14px sans-serif }';

  expect(await sizesOf(given, `<nav>${links}</nav>`, style)).toHaveLength(2);
  expect(await sizesOf(given, `<p>See ${links} for more.</p>`, style)).toEqual([]);
});

test('a label belongs to its checkbox, and a pseudo-element to its button', async ({
  serve,
  openPage,
}) => {
  const given = { serve, openPage };
  const boxes = '<input type="checkbox"><input type="checkbox">';
  const labelled =
    '<label><input type="checkbox"> Adult</label><label><input type="checkbox"> Child</label>';
  const tall =
    'label { display: block; height: 32px } input { width: 12px; height: 12px; margin: 0 }';
  const reach =
    'button { position: relative } button::after { content: ""; position: absolute; inset: -6px }';
  const buttons = '<button>-</button><button style="margin-left: 12px">+</button>';

  expect(await sizesOf(given, boxes, tall)).toHaveLength(2);
  expect(await sizesOf(given, labelled, tall)).toEqual([]);
  expect(await sizesOf(given, `${buttons}<button>x</button>`, small)).toHaveLength(2);
  expect(await sizesOf(given, buttons, `${small} ${reach}`)).toEqual([]);
});

test('what cannot be pressed is no target', async ({ serve, openPage }) => {
  const body = `<button disabled>-</button><button>+</button><button style="visibility: hidden">x</button>
    <div inert><button>o</button></div>`;

  expect(await sizesOf({ serve, openPage }, body, small)).toEqual([]);
});
