import { v7 } from 'uuid';
import { z } from 'zod';

const bytesOfId = 16;
/** Chance for 256 ids, drawn at once: to ask the kernel for it takes longer than all else of an id. */
const chance = new Uint8Array(256 * bytesOfId);
let drawn = chance.length;

function nextChance(): Uint8Array {
  if (drawn === chance.length) {
    crypto.getRandomValues(chance);
    drawn = 0;
  }
  drawn += bytesOfId;
  return chance.subarray(drawn - bytesOfId, drawn);
}

const last = { msecs: 0, seq: 0 };

/**
 * A new UUIDv7 (RFC 9562): sorted by time, so that indexes grow at one end. Those of one process are
 * in the order in which they were made, also within a millisecond (RFC 9562, 6.2, method 1).
 */
export function newId(): string {
  const random = nextChance();
  const now = Date.now();
  if (now > last.msecs) {
    last.msecs = now;
    // Half of what fits, so that it has room to count up.
    last.seq = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
  } else {
    last.seq += 1;
  }
  return v7({ random, ...last });
}

/** The least id that `newId` gives from a moment on, to find what was made since by its id. */
export const firstIdSince = (moment: Date): string => {
  const ms = moment.getTime().toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7000-8000-000000000000`;
};

/** An aggregate's id. Any UUID version is taken, since organisers bring ids of their own. */
export const idSchema = z.guid().meta({ description: 'UUID', format: 'uuid' });

/** The parameters of a path that names one aggregate. */
export const idParams = z.strictObject({ id: idSchema });
