import { randomInt } from 'node:crypto';

/**
 * What people say on the phone and type at the gate: no vowels, so no words; none of 0 O, 1 I L,
 * 2 Z, 5 S, 8 B, U V, which are taken for one another. 22 letters in 8 positions are 5.5 × 10¹⁰
 * references: it identifies a booking and opens nothing, the manage token does that.
 */
const letters = '34679CDFGHJKMNPQRTVWXY';

/** A new reference such as `7KQM-3XHD`. Unique by the database; a taken one is drawn again. */
export function newReference(): string {
  // Drawn at once: eight draws cost several times as much.
  let drawn = randomInt(letters.length ** 8);
  let reference = '';
  for (let position = 0; position < 8; position += 1) {
    if (position === 4) reference += '-';
    reference += letters[drawn % letters.length];
    drawn = Math.floor(drawn / letters.length);
  }
  return reference;
}
