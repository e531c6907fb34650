import { v7 } from 'uuid';
import { z } from 'zod';

/** A new UUIDv7 (RFC 9562): sorted by time, so that indexes grow at one end. */
export const newId = (): string => v7();

/** The least id that `newId` gives from a moment on, to find what was made since by its id. */
export const firstIdSince = (moment: Date): string => {
  const ms = moment.getTime().toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7000-8000-000000000000`;
};

/** An aggregate's id. Any UUID version is taken, since organisers bring ids of their own. */
export const idSchema = z.guid().meta({ description: 'UUID', format: 'uuid' });

/** The parameters of a path that names one aggregate. */
export const idParams = z.strictObject({ id: idSchema });
