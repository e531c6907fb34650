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

export async function keepBody(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
