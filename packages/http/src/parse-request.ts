import type { z } from 'zod';
import { Problem } from './problem.ts';

const pathOf = (path: readonly PropertyKey[]) => path.map(String).join('.');

/**
 * What came in, as the schema says it is, or a 400 `invalid_request` naming every path that is
 * wrong. Unknown fields are refused by the schemas themselves (`z.strictObject`).
 */
export function parseRequest<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;

  throw new Problem({
    status: 400,
    code: 'invalid_request',
    detail: 'The request is not as it should be; `errors` names each path that is wrong.',
    errors: parsed.error.issues.map((issue) => ({
      path: pathOf(issue.path),
      message: issue.message,
    })),
  });
}
