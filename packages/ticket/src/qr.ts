import { toBuffer } from 'qrcode';

/**
 * The pass as a QR code, PNG. A pass is base45, so it fits the alphanumeric mode; level M survives
 * a cracked screen, and six pixels a module a phone held at arm's length.
 */
export const passPng = (pass: string): Promise<Buffer> =>
  toBuffer([{ data: pass, mode: 'alphanumeric' }], {
    errorCorrectionLevel: 'M',
    margin: 2,
    scale: 6,
  });
