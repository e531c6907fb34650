import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findToxic, type ToxicOf, type ToxicsNow } from './toxic.ts';

/** What may wait between the two sockets before the sender is slowed down. */
const mostWaitingBytes = 1_048_576;

type Piece = { bytes: Buffer; arrivedAt: number };

const between = (average: number, variation: number): number =>
  average + (Math.random() * 2 - 1) * variation;

const slice = (bytes: Buffer, slicer: ToxicOf<'slicer'> | undefined): Buffer[] => {
  if (!slicer) return [bytes];
  const slices: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const size = between(slicer.averageBytes, slicer.variationBytes ?? 0);
    const end = start + Math.max(1, Math.round(size));
    slices.push(bytes.subarray(start, end));
    start = end;
  }
  return slices;
};

/** How long to wait before a piece goes on, counted from when it came, as on a long wire. */
const delayOf = (toxics: ToxicsNow, { bytes, arrivedAt }: Piece): number => {
  const latency = findToxic(toxics, 'latency');
  const bandwidth = findToxic(toxics, 'bandwidth');
  const latencyMs = latency ? between(latency.latencyMs, latency.jitterMs ?? 0) : 0;
  const sendingMs = bandwidth ? bytes.length / bandwidth.kilobytesPerSecond : 0;
  return Math.max(0, arrivedAt + latencyMs - performance.now()) + sendingMs;
};

/** Reads ahead of the writer, so that latency delays the stream without throttling it. */
const readAhead = (from: Socket): AsyncIterable<Piece> => {
  const waiting: Piece[] = [];
  let waitingBytes = 0;
  let ended = false;
  let wake = () => {};
  from.on('data', (bytes: Buffer) => {
    waiting.push({ bytes, arrivedAt: performance.now() });
    waitingBytes += bytes.length;
    if (waitingBytes > mostWaitingBytes) from.pause();
    wake();
  });
  const end = () => {
    ended = true;
    wake();
  };
  from.once('end', end);
  from.once('close', end);

  return (async function* pieces() {
    while (true) {
      const piece = waiting.shift();
      if (piece) {
        waitingBytes -= piece.bytes.length;
        if (waitingBytes < mostWaitingBytes) from.resume();
        yield piece;
      } else if (ended) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  })();
};

const write = async (to: Socket, bytes: Buffer): Promise<void> => {
  if (to.destroyed || to.write(bytes)) return;
  const waited = new AbortController();
  const { signal } = waited;
  await Promise.race([once(to, 'drain', { signal }), once(to, 'close', { signal })]).catch(() => {
    // The connection broke: 'close' follows, and there is nobody left to write to.
  });
  waited.abort();
};

/** How many of the bytes may still pass before `limit_data` ends the connection. */
const allowed = (toxics: ToxicsNow, passed: number, bytes: Buffer): Buffer => {
  const limit = findToxic(toxics, 'limit_data');
  return limit ? bytes.subarray(0, Math.max(0, limit.bytes - passed)) : bytes;
};

/** Carries one direction of a connection until it ends, through the toxics of each moment. */
export const toxicPipe = async (from: Socket, to: Socket, toxics: ToxicsNow): Promise<void> => {
  let passed = 0;

  for await (const piece of readAhead(from)) {
    await sleep(delayOf(toxics, piece));
    // A blackhole eats what comes while it is there; the sender sees an open connection.
    if (findToxic(toxics, 'timeout')) continue;

    const slicer = findToxic(toxics, 'slicer');
    for (const bytes of slice(piece.bytes, slicer)) {
      const passing = allowed(toxics, passed, bytes);
      passed += passing.length;
      await write(to, passing);
      if (passing.length < bytes.length) {
        to.end();
        from.destroy();
        return;
      }
      if (slicer?.delayMs) await sleep(slicer.delayMs);
    }
  }

  if (findToxic(toxics, 'timeout')) return;
  const slowClose = findToxic(toxics, 'slow_close');
  if (slowClose) await sleep(slowClose.delayMs);
  to.end();
};
