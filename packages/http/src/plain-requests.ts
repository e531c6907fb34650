import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from './problem.ts';

/** As browsers, our own services and every load generator write it. */
const plainTypes: ReadonlySet<string | undefined> = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
]);

/**
 * Whether a body can be read without the parsers of Express: JSON that says how long it is, is no
 * longer than that, and is not compressed. Node holds a body to the length that it says.
 */
export function hasPlainBody({ headers }: IncomingMessage, limitBytes: number): boolean {
  const length = Number(headers['content-length']);
  return (
    length > 0 &&
    length <= limitBytes &&
    headers['content-encoding'] === undefined &&
    plainTypes.has(headers['content-type'])
  );
}

export const malformedJson = () =>
  new Problem({
    status: 400,
    code: 'malformed_json',
    detail: 'The body is no JSON. Check its quotes, commas and brackets.',
  });

export const bodyIncomplete = () =>
  new Problem({ status: 400, code: 'body_incomplete', detail: 'The body broke off.' });

/** An object or a list, as Express's parser takes no other. */
function parse(chunks: readonly Buffer[]): unknown {
  const [first] = chunks;
  const bytes = first && chunks.length === 1 ? first : Buffer.concat(chunks);
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // It is answered as what is no object.
  }
  throw malformedJson();
}

/** The JSON of a plain body; throws a `Problem` where it is none, or breaks off. */
export function readPlainBody(req: IncomingMessage, res: ServerResponse): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      try {
        resolve(parse(chunks));
      } catch (error) {
        reject(error);
      }
    });
    req.on('aborted', () => {
      const problem = bodyIncomplete();
      // Nobody hears it any more, and `close`, which comes before a promise, counts it.
      res.statusCode = problem.status;
      reject(problem);
    });
  });
}
