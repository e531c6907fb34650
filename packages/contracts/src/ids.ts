import { v7 } from 'uuid';
import { z } from 'zod';

/** A new UUIDv7 (RFC 9562): sorted by time, so that indexes grow at one end. */
export const newId = (): string => v7();

/** An aggregate's id. Any UUID version is taken, since organisers bring ids of their own. */
export const idSchema = z.guid().meta({ description: 'UUID', format: 'uuid' });

/** The parameters of a path that names one aggregate. */
export const idParams = z.strictObject({ id: idSchema });
