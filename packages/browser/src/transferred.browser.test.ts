import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { html, test } from './served-test.ts';
import { transferred } from './transferred.ts';

const script = `// ${'long '.repeat(2_000)}\nimport('/late.js');`;
const style = `/* ${'long '.repeat(1_000)} */`;
const late = 'document.title = "Late";';

const links =
  '<script type="module" src="/app.js"></script><link rel="stylesheet" href="/app.css">';
const asScript = { 'content-type': 'text/javascript' };

test('counts what came over the wire, chunks that come later too', async ({ serve, openPage }) => {
  const packed = gzipSync(script);
  const gzip = { 'content-encoding': 'gzip' };
  const origin = await serve({
    '/': html(links),
    '/app.js': { body: packed, headers: { ...asScript, ...gzip } },
    '/app.css': { body: style, headers: { 'content-type': 'text/css' } },
    '/late.js': { body: late, headers: asScript },
  });
  const page = await openPage({ origins: [origin] });

  const { scriptBytes, styleBytes, files } = await transferred(page, async () => {
    await page.goto(origin);
    await page.waitForFunction(() => document.title === 'Late');
  });

  expect(scriptBytes).toBe(packed.length + late.length);
  expect(styleBytes).toBe(style.length);
  expect(files.map(({ url, kind }) => [url, kind]).sort()).toEqual([
    [`${origin}/app.css`, 'style'],
    [`${origin}/app.js`, 'script'],
    [`${origin}/late.js`, 'script'],
  ]);
});

test('does not count what comes from others', async ({ serve, openPage }) => {
  const other = await serve({ '/v3': { body: late, headers: asScript } });
  const origin = await serve({ '/': html(`<script src="${other}/v3"></script><h1>Home</h1>`) });
  const page = await openPage({ origins: [origin, other] });

  expect(await transferred(page, () => page.goto(origin))).toEqual({
    scriptBytes: 0,
    styleBytes: 0,
    files: [],
  });
});
