const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const valueOfLetter = new Map([...alphabet].map((letter, value) => [letter, value]));

/** Base45 (RFC 9285): two bytes in three characters of a QR code's alphanumeric mode. */
export function toBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const first = bytes[at] ?? 0;
    const second = bytes[at + 1];
    let value = second === undefined ? first : first * 256 + second;
    for (let digits = second === undefined ? 2 : 3; digits > 0; digits -= 1) {
      text += alphabet[value % 45];
      value = Math.floor(value / 45);
    }
  }
  return text;
}

/**
 * The bytes of a base45 text, or `undefined` where it is none. Strict, unlike the `base45` package:
 * that one takes unknown letters and groups above 65535, so that many texts would read as the same
 * signed pass.
 */
export function fromBase45(text: string): Uint8Array | undefined {
  if (text.length % 3 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0));
  let written = 0;
  for (let at = 0; at < text.length; at += 3) {
    const digits = [...text.slice(at, at + 3)].map((letter) => valueOfLetter.get(letter));
    if (digits.includes(undefined)) return undefined;
    const [low = 0, middle = 0, high] = digits;
    const value = low + middle * 45 + (high ?? 0) * 2025;
    if (value > (high === undefined ? 255 : 65_535)) return undefined;
    if (high !== undefined) bytes[written++] = value >> 8;
    bytes[written++] = value & 255;
  }
  return bytes;
}
