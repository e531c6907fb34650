import { create } from 'qrcode';
import { pngOf } from './png.ts';

/**
 * A pass is base45, so it fits the alphanumeric mode; level M survives a cracked screen and a fold
 * in the paper.
 */
const segmentsOf = (pass: string) => [{ data: pass, mode: 'alphanumeric' as const }];
const errorCorrectionLevel = 'M';

/** What ISO/IEC 18004 asks for around a code: on a dark page a scanner finds no edge without it. */
export const quietModules = 4;

/** The modules of the QR code, row by row, true where it is dark; without the margin around it. */
export function passModules(pass: string): boolean[][] {
  const { modules } = create(segmentsOf(pass), { errorCorrectionLevel });
  return Array.from({ length: modules.size }, (_, row) =>
    Array.from({ length: modules.size }, (_, column) => modules.get(row, column) === 1),
  );
}

/** The pass as a QR code, PNG; six pixels a module are a phone held at arm's length. */
export function passPng(pass: string): Buffer {
  const modules = passModules(pass);
  const margin = new Array<boolean>(quietModules).fill(false);
  const blank = new Array<boolean>(modules.length + 2 * quietModules).fill(false);
  const above = new Array<boolean[]>(quietModules).fill(blank);
  const rows = modules.map((row) => [...margin, ...row, ...margin]);
  return pngOf([...above, ...rows, ...above], 6);
}
