import type { IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { Problem } from '@guichet/http/problem';

const tooLarge = (limitBytes: number) =>
  new Problem({
    status: 413,
    code: 'body_too_large',
    detail: `The body is larger than ${limitBytes} bytes. Send less, or in parts.`,
    headers: { connection: 'close' },
  });

/**
 * The request's body, refused as soon as it is known to be too long: by its declared length before
 * a byte is read, or by counting where it declares none.
 */
export function limitBody(req: IncomingMessage, limitBytes: number): Readable {
  const declared = req.headers['content-length'];
  if (declared !== undefined) {
    // The parser holds a body to its declared length, so there is nothing to count.
    if (Number(declared) > limitBytes) throw tooLarge(limitBytes);
    return req;
  }

  let seen = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      seen += chunk.length;
      if (seen > limitBytes) done(tooLarge(limitBytes));
      else done(null, chunk);
    },
  });
  return req.pipe(counted);
}
