import { expect } from 'vitest';
import { axe } from './axe.ts';
import { html, test } from './served-test.ts';

test('a page that keeps the rules is told nothing', async ({ serve, openPage }) => {
  const body = '<main><h1>Tickets</h1><label>Name <input></label><button>Buy</button></main>';
  const origin = await serve({ '/': html(body) });
  const page = await openPage({ origins: [origin] });
  await page.goto(origin);

  expect(await axe(page)).toEqual([]);
});

test('a page that breaks them is told which, where and how to mend it', async ({
  serve,
  openPage,
}) => {
  const origin = await serve({
    '/': html('<main><input><p style="color: #999; background: #fff">Pale</p></main>'),
  });
  const page = await openPage({ origins: [origin] });
  await page.goto(origin);

  const found = (await axe(page)).join('\n');

  expect(found).toMatch(/^label \(critical\): .*\n {2}<input>\n/m);
  expect(found).toMatch(/^color-contrast \(serious\)/m);
  expect(found).toContain('>Pale</p>');
});

test('looks into frames of another origin, unless they are not shown', async ({
  serve,
  openPage,
}) => {
  const framed = await serve({ '/': html('<input>') });
  const origin = await serve({
    '/': html(`<h1>Outside</h1><iframe title="Card" src="${framed}"></iframe>`),
    '/hidden': html(`<h1>Outside</h1><iframe hidden title="Card" src="${framed}"></iframe>`),
  });
  const page = await openPage({ origins: [origin, framed] });

  await page.goto(origin);
  expect((await axe(page)).join('\n')).toMatch(`label (critical)`);
  await page.goto(`${origin}/hidden`);
  expect(await axe(page)).toEqual([]);
});

test('looks under a strict content security policy', async ({ serve, openPage }) => {
  const origin = await serve({
    '/': {
      body: html('<input>').replace('<style></style>', ''),
      headers: { 'content-security-policy': "default-src 'self'; img-src data:" },
    },
  });
  const page = await openPage({ origins: [origin] });
  await page.goto(origin);

  expect((await axe(page)).join('\n')).toMatch(`label (critical)`);
});

test('sees a frame over what shows through it', async ({ serve, openPage }) => {
  const framed = await serve({ '/': html('<p style="color: white">Pale</p>') });
  const within = (ground: string) =>
    html(`<h1>Outside</h1><iframe title="Card" src="${framed}"></iframe>`, `body { ${ground} }`);
  const origin = await serve({
    '/dark': within('background: #111; color: white'),
    '/light': within('background: #eee'),
    '/in-shadow': html(
      `<h1>Outside</h1><div><template shadowrootmode="open"><iframe title="Card" src="${framed}"></iframe></template></div>`,
      'body { background: #111; color: white }',
    ),
  });
  const page = await openPage({ origins: [origin, framed] });

  for (const path of ['/dark', '/in-shadow']) {
    await page.goto(`${origin}${path}`);
    expect(await axe(page)).toEqual([]);
  }
  await page.goto(`${origin}/light`);
  expect(await axe(page)).toEqual([expect.stringContaining('color-contrast')]);
});
