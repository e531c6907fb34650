import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { passModules, quietModules } from '@guichet/ticket/qr';
import PDFDocument from 'pdfkit';
import type { PassSheet } from './pass-sheet.ts';
import { wordsIn } from './pass-words.ts';

/** Points. A6 is a phone's page, a wallet's paper, and four to a sheet of A4. */
const page = { width: 297.64, height: 419.53, margin: 22 };
const width = page.width - 2 * page.margin;
const codeSize = 156;
const codeTop = 146;

/**
 * Names come in every alphabet, which the fonts that PDF has of its own do not; these hold Latin,
 * Greek and Cyrillic. What they lack is an empty box, and the code beside it counts.
 */
const fonts = {
  regular: fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
  bold: fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')),
};
const ink = { black: '#000000', grey: '#555555' };

type Line = {
  readonly font: keyof typeof fonts;
  readonly size: number;
  readonly lines: number;
  /** Above it. */
  readonly gap?: number;
  readonly color?: keyof typeof ink;
};

const styles = {
  organiser: { font: 'regular', size: 8, lines: 1, color: 'grey' },
  title: { font: 'bold', size: 14, lines: 3, gap: 3 },
  when: { font: 'bold', size: 9, lines: 2, gap: 3 },
  venue: { font: 'regular', size: 9, lines: 1, gap: 3 },
  address: { font: 'regular', size: 8, lines: 2, color: 'grey' },
  admits: { font: 'bold', size: 11, lines: 2 },
  label: { font: 'regular', size: 7.5, lines: 1, gap: 3, color: 'grey' },
  small: { font: 'regular', size: 7.5, lines: 1, color: 'grey' },
  reference: { font: 'bold', size: 26, lines: 1 },
} as const satisfies Record<string, Line>;

type Document = InstanceType<typeof PDFDocument>;

/** Writes below what is there, and cuts what does not fit in so many lines. */
function write(doc: Document, text: string, style: Line): void {
  const { font, size, lines, gap = 0, color = 'black' } = style;
  doc.font(font).fontSize(size).fillColor(ink[color]);
  const height = lines * doc.currentLineHeight(true) + 1;
  doc.text(text, page.margin, doc.y + gap, { width, height, ellipsis: true, align: 'center' });
}

/** The code as a path, so that it is sharp at any size; neighbours in a row are one rectangle. */
function drawCode(doc: Document, code: string): void {
  const rows = passModules(code);
  const module = codeSize / (rows.length + 2 * quietModules);
  const left = (page.width - codeSize) / 2 + quietModules * module;
  const top = codeTop + quietModules * module;
  for (const [at, row] of rows.entries()) {
    for (let from = 0; from < row.length; from += 1) {
      if (!row[from]) continue;
      const end = row.indexOf(false, from);
      const to = end < 0 ? row.length : end;
      doc.rect(left + from * module, top + at * module, (to - from) * module, module);
      from = to;
    }
  }
  doc.fill(ink.black);
}

function drawPage(doc: Document, sheet: PassSheet, at: number): void {
  const { code = '', admits = '' } = sheet.pages[at] ?? {};
  const words = wordsIn[sheet.language];
  doc.addPage();
  const says = (tag: string, text: string, style: Line) =>
    doc.struct(tag, {}, () => write(doc, text, style));
  const content = [
    says('P', sheet.organiser, styles.organiser),
    says('H1', sheet.title, styles.title),
    says('P', sheet.when, styles.when),
    says('P', sheet.venue, styles.venue),
    ...(sheet.address ? [says('P', sheet.address, styles.address)] : []),
    doc.struct('Figure', { alt: words.code }, () => drawCode(doc, code)),
    doc.struct('P', {}, () => {
      doc.y = codeTop + codeSize + 4;
      write(doc, admits, styles.admits);
    }),
    says('P', words.reference, styles.label),
    says('P', sheet.reference, styles.reference),
    says('P', words.showPass, styles.small),
  ];
  const { length } = sheet.pages;
  if (length > 1) content.push(says('P', `${at + 1} / ${length}`, styles.small));
  doc.addStructure(doc.struct('Sect', {}, content));
}

/** The passes of a booking as a PDF, one page each; the same sheet gives the same bytes. */
export async function drawPasses(sheet: PassSheet): Promise<Uint8Array> {
  const doc = new PDFDocument({
    size: [page.width, page.height],
    margin: page.margin,
    autoFirstPage: false,
    tagged: true,
    displayTitle: true,
    lang: sheet.language,
    pdfVersion: '1.7',
    info: {
      Title: `${sheet.title} – ${sheet.reference}`,
      Author: sheet.organiser,
      CreationDate: sheet.writtenAt,
    },
  });
  for (const [name, file] of Object.entries(fonts)) doc.registerFont(name, file);
  const written = buffer(doc);
  for (const at of sheet.pages.keys()) drawPage(doc, sheet, at);
  doc.end();
  return written;
}
