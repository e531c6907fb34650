import { expect } from 'vitest';
import { html, test } from './served-test.ts';

test('a page that complains of nothing passes', async ({ serve, openPage }) => {
  const origin = await serve({ '/': html('<h1>Quiet</h1>') });
  const page = await openPage({ origins: [origin] });

  await page.goto(origin);

  expect(await page.title()).toBe('Page');
});

test('expected complaints pass: a console error, an uncaught one, a refused answer', async ({
  serve,
  openPage,
  expectComplaint,
}) => {
  const script =
    "console.error('spoken'); fetch('/nowhere'); setTimeout(() => { throw new Error('thrown') })";
  const origin = await serve({ '/': html(`<script>${script}</script>`) });
  const page = await openPage({ origins: [origin] });
  expectComplaint(/^console: spoken/);
  expectComplaint(/^uncaught: Error: thrown/);
  expectComplaint(/^console: .* 404 .*\/nowhere/);

  const refused = page.waitForResponse(`${origin}/nowhere`);
  await page.goto(origin);

  expect((await refused).status()).toBe(404);
});

test('a request elsewhere is a complaint, from a frame too, and a connection that is refused', async ({
  serve,
  openPage,
  expectComplaint,
}) => {
  const elsewhere = await serve({ '/frame': html('<img alt="" src="http://127.0.0.1:1/pixel">') });
  const origin = await serve({ '/': html(`<iframe src="${elsewhere}/frame"></iframe>`) });
  const page = await openPage({ origins: [origin] });
  expectComplaint(new RegExp(`^elsewhere: GET ${elsewhere}/frame`));
  expectComplaint(/^elsewhere: GET http:\/\/127.0.0.1:1\/pixel/);
  expectComplaint(/^failed: GET http:\/\/127.0.0.1:1\/pixel/);
  expectComplaint(/^console: Failed to load resource.*pixel/);

  await page.goto(origin);

  expect(page.frames()).toHaveLength(2);
});

test('no name but this machine’s own is found', async ({ serve, openPage, expectComplaint }) => {
  const origin = await serve({ '/': html('<h1>Home</h1>') });
  const page = await openPage({ origins: [origin, 'http://guichet.example'] });
  expectComplaint(/^failed: GET http:\/\/guichet.example\/: net::ERR_NAME_NOT_RESOLVED$/);
  expectComplaint(/^console: .*net::ERR_NAME_NOT_RESOLVED/);
  await page.goto(origin);

  const asked = page.evaluate(() => fetch('http://guichet.example/').then(() => 'answered'));

  await expect(asked).rejects.toThrow('Failed to fetch');
});

test.fails('a page that complains fails its test', async ({ serve, openPage }) => {
  const origin = await serve({ '/': html("<script>console.error('spoken')</script>") });
  const page = await openPage({ origins: [origin] });

  await page.goto(origin);

  expect(await page.title()).toBe('Page');
});

test('is the phone or the desk, dark or light, still or moving, in the language asked for', async ({
  serve,
  openPage,
}) => {
  const origin = await serve({ '/': html('<h1>Look</h1>') });
  const look = async (asked: Omit<Parameters<typeof openPage>[0], 'origins'>) => {
    const page = await openPage({ origins: [origin], ...asked });
    await page.goto(origin);
    return page.evaluate(() => ({
      size: `${innerWidth}x${innerHeight}`,
      dark: matchMedia('(prefers-color-scheme: dark)').matches,
      still: matchMedia('(prefers-reduced-motion: reduce)').matches,
      touch: matchMedia('(pointer: coarse)').matches,
      language: navigator.language,
    }));
  };

  expect(await look({})).toEqual({
    size: '1440x900',
    dark: false,
    still: false,
    touch: false,
    language: 'en',
  });
  expect(
    await look({ screen: 'phone', colorScheme: 'dark', reducedMotion: 'reduce', language: 'de' }),
  ).toEqual({ size: '360x780', dark: true, still: true, touch: true, language: 'de' });
});
