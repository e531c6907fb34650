import { randomInt } from 'node:crypto';

/**
 * What people say on the phone and type at the gate: no vowels, so no words; none of 0 O, 1 I L,
 * 2 Z, 5 S, 8 B, U V, which are taken for one another. 22 letters in 8 positions are 5.5 × 10¹⁰
 * references: it identifies a booking and opens nothing, the manage token does that.
 */
const letters = '34679CDFGHJKMNPQRTVWXY';

/** A new reference such as `7KQM-3XHD`. Unique by the database; a taken one is drawn again. */
export const newReference = (): string =>
  `${Array.from({ length: 8 }, () => letters[randomInt(letters.length)])
    .join('')
    .replace(/^(.{4})/, '$1-')}`;
