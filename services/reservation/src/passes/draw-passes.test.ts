import { inflateSync } from 'node:zlib';
import { languages } from '@guichet/contracts/shapes';
import { passModules } from '@guichet/ticket/qr';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { expect, test } from 'vitest';
import { drawPasses } from './draw-passes.ts';
import type { PassSheet } from './pass-sheet.ts';
import { wordsIn } from './pass-words.ts';

/** As long as a real one: base45 of a signed pass. */
const codeOf = (first: string) => first.padEnd(152, '0123456789ABCDEF $%*+-./:');
const sheet: PassSheet = {
  language: 'fr',
  organiser: 'Théâtre de la Lanterne',
  title: 'L’Œuvre à 12 €',
  when: 'samedi 25 décembre 2027 à 20:30',
  venue: 'Grande salle',
  address: '12, rue de l’Échiquier, 75010 Paris',
  reference: '7KQM-3XHD',
  writtenAt: new Date('2027-01-01T10:00:00Z'),
  pages: [
    { code: codeOf('A'), admits: 'Łukasz Ŝmith-Žižek' },
    { code: codeOf('B'), admits: 'Ελένη Σ.' },
  ],
};
const pagesIn = async (pdf: Uint8Array) =>
  (await extractText(await getDocumentProxy(Uint8Array.from(pdf)))).text.map((text) =>
    text.replace(/\s+/g, ' '),
  );

/** The rectangles that each page fills, which are the code's alone. */
const rectanglesIn = (pdf: Uint8Array): number[][][] =>
  [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\/FlateDecode\n?>>\nstream\n([\s\S]*?)\nendstream/g),
  ]
    .map(([, stream = '']) => inflateSync(Buffer.from(stream, 'latin1')).toString('latin1'))
    .map((content) =>
      [...content.matchAll(/^([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re$/gm)].map(([, ...sides]) =>
        sides.map(Number),
      ),
    )
    .filter((rectangles) => rectangles.length > 0);

test('each pass is a page with who it admits, its reference and what a gate needs', async () => {
  const pages = await pagesIn(await drawPasses(sheet));

  expect(pages).toHaveLength(2);
  for (const page of pages) {
    for (const text of [sheet.organiser, sheet.title, sheet.when, sheet.venue, sheet.address]) {
      expect(page).toContain(text);
    }
    expect(page).toContain('Référence 7KQM-3XHD Présentez ce code à l’entrée.');
  }
  expect(pages[0]).toContain('Łukasz Ŝmith-Žižek');
  expect(pages[0]).toMatch(/ 1 \/ 2$/);
  expect(pages[1]).toContain('Ελένη Σ.');
});

test('its code is drawn as the modules of the pass, with their margin', async () => {
  const drawn = rectanglesIn(await drawPasses(sheet));

  expect(drawn).toHaveLength(2);
  for (const [at, rectangles] of drawn.entries()) {
    const expected = passModules(sheet.pages[at]?.code ?? '');
    const [left = 0, top = 0] = rectangles[0] ?? [];
    const module = rectangles[0]?.[3] ?? 0;
    const read = expected.map((row) => row.map(() => false));
    for (const [x = 0, y = 0, width = 0] of rectangles) {
      const row = read[Math.round((y - top) / module)];
      const from = Math.round((x - left) / module);
      row?.fill(true, from, from + Math.round(width / module));
    }
    expect(read).toEqual(expected);
    // A millimetre a module: what a scanner at arm's length reads.
    expect(module).toBeGreaterThan(2.8);
  }
});

test('the same sheet is the same bytes', async () => {
  const [one, other] = [await drawPasses(sheet), await drawPasses({ ...sheet })];
  expect(Buffer.compare(one, other)).toBe(0);
  expect(Buffer.compare(one, await drawPasses({ ...sheet, title: 'Tosca' }))).not.toBe(0);
});

test.each(languages)('in %s it says so, and has every word', async (language) => {
  const pdf = await drawPasses({ ...sheet, language });
  const { info } = await getMeta(Uint8Array.from(pdf));
  const [page = ''] = await pagesIn(pdf);

  expect(info).toMatchObject({ Language: language, Title: 'L’Œuvre à 12 € – 7KQM-3XHD' });
  expect(page).toContain(wordsIn[language].reference);
  expect(page).toContain(wordsIn[language].showPass);
});

test('what is too long is cut, and nothing leaves its page', async () => {
  const long = 'Wörter und mehr davon, '.repeat(200);
  const names = [long, 'x'.repeat(201), 'Ada'];
  const pages = await pagesIn(
    await drawPasses({
      ...sheet,
      organiser: long,
      title: long,
      when: 'mercoledì 25 settembre 2027 alle ore 20:30, e anche più tardi ancora',
      venue: long,
      address: long,
      pages: names.map((admits) => ({ code: codeOf('A'), admits })),
    }),
  );

  expect(pages).toHaveLength(3);
  for (const page of pages) expect(page).toMatch(/…/);
  expect(pages[2]).toContain('Ada Référence 7KQM-3XHD Présentez ce code à l’entrée. 3 / 3');
});

test('one pass alone is not numbered, and no address takes no room', async () => {
  const [page = ''] = await pagesIn(
    await drawPasses({ ...sheet, address: '', pages: sheet.pages.slice(0, 1) }),
  );

  expect(page).toContain('Grande salle Łukasz Ŝmith-Žižek');
  expect(page).toMatch(/à l’entrée\.$/);
});
