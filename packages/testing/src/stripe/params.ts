import { z } from 'zod';

/** A form knows only text; `z.coerce` would read a missing number as a wrong one. */
export const integer = (least = 0, most = 99_999_999) =>
  z
    .string()
    .regex(/^-?\d+$/, 'Invalid integer.')
    .transform(Number)
    .pipe(z.int().min(least).max(most));

export const instant = integer(0, Number.MAX_SAFE_INTEGER);

export const metadata = z.record(z.string().max(40), z.string().max(500)).default({});

export const expandParam = { expand: z.array(z.string()).optional() };
