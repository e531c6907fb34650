import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

/**
 * Reads a body that is at most `limitBytes` long into memory, so that it can be sent twice.
 * Only bodies that say their length are tried: one that does not may be of any length.
 */
export function canBeKept(req: IncomingMessage, limitBytes: number): boolean {
  const length = Number(req.headers['content-length']);
  return (
    req.headers['idempotency-key'] !== undefined && Number.isInteger(length) && length <= limitBytes
  );
}

/** Listeners of its own: an iterator and what it waits with are dearer than so small a body. */
export function keepBody(body: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const brokeOff = () => {
      if (!body.readableEnded) reject(new Error('the body broke off'));
    };
    body.on('data', (chunk: Buffer) => chunks.push(chunk));
    body.on('end', () => resolve(Buffer.concat(chunks)));
    body.on('error', reject);
    body.on('close', brokeOff);
    if (body.destroyed) brokeOff();
  });
}
