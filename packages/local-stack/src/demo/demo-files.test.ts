import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { languages } from '@guichet/contracts/shapes';
import { expect, onTestFinished, test } from 'vitest';
import { readDemo } from './demo-files.ts';

const folder = fileURLToPath(new URL('../../../../demo', import.meta.url));
const keysOf = (demo: Awaited<ReturnType<typeof readDemo>>) =>
  demo.flatMap(({ organiser, offerings }) => [
    organiser.idempotencyKey,
    ...offerings.flatMap(({ offering, timetables }) => [
      offering.idempotencyKey,
      ...timetables.map(({ idempotencyKey }) => idempotencyKey),
    ]),
  ]);

test('reads three organisers, and a timetable for each of their offerings', async () => {
  const demo = await readDemo(folder);

  expect(demo.map(({ name }) => name)).toEqual(['boats', 'school', 'theatre']);
  expect(demo.flatMap(({ offerings }) => offerings).every((one) => one.timetables.length > 0)).toBe(
    true,
  );
});

test('each organiser has its colour, its company and the three pages, in five languages', async () => {
  for (const { organiser, pages, offerings } of await readDemo(folder)) {
    const texts = [
      ...pages.flatMap(({ body }) => [body.title, body.body]),
      ...offerings.map(({ picture }) => picture.alt ?? {}),
    ];

    expect(organiser.value).toMatchObject({
      accent: expect.stringMatching(/^#/),
      company: { registration: expect.any(String) },
    });
    expect(pages.map(({ slug }) => slug)).toEqual(['legal', 'privacy', 'terms']);
    expect(texts.flatMap((text) => languages.filter((language) => !text[language]))).toEqual([]);
  }
});

test('every file has a key of its own, the same each time', async () => {
  const keys = keysOf(await readDemo(folder));

  expect(new Set(keys).size).toBe(keys.length);
  expect(keysOf(await readDemo(folder))).toEqual(keys);
  expect(
    keys.every((key) =>
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(key),
    ),
  ).toBe(true);
});

test('a file that changed has another key, so that it is not taken for the old one', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'guichet-demo-'));
  onTestFinished(() => rm(copy, { recursive: true }));
  await cp(folder, copy, { recursive: true });
  await appendFile(
    join(copy, 'boats/timetables/sunset.csv'),
    '2028-10-07T19:00,2028-10-07T21:00,36\n',
  );

  const before = keysOf(await readDemo(folder));
  const after = keysOf(await readDemo(copy));

  expect(after.filter((key) => !before.includes(key))).toHaveLength(1);
});
