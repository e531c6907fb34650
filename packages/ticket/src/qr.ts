import { toBuffer } from 'qrcode';

/**
 * The pass as a QR code, PNG. A pass is base45, so it fits the alphanumeric mode; level M survives
 * a cracked screen, six pixels a module a phone held at arm's length, and four modules of margin are
 * what ISO/IEC 18004 asks for: on a dark page a scanner finds no edge without them.
 */
export const passPng = (pass: string): Promise<Buffer> =>
  toBuffer([{ data: pass, mode: 'alphanumeric' }], {
    errorCorrectionLevel: 'M',
    margin: 4,
    scale: 6,
  });
