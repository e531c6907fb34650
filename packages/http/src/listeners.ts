import type { Writable } from 'node:stream';

/**
 * Those who listen to one stream of events, each of which is put into bytes once, for all of them. A
 * reader for whom more than `mostWaitingBytes` wait does not keep up: it is let go, and `onDrop`
 * hears of it; it connects again, and begins anew.
 */
export function createListeners({
  mostWaitingBytes,
  onDrop,
}: {
  mostWaitingBytes: number;
  onDrop: () => void;
}) {
  const listeners = new Set<Writable>();

  function send(listener: Writable, bytes: Buffer): void {
    if (listener.writableLength <= mostWaitingBytes) {
      listener.write(bytes);
      return;
    }
    listeners.delete(listener);
    listener.destroy();
    onDrop();
  }

  return {
    get isHeard() {
      return listeners.size > 0;
    },
    add(listener: Writable): void {
      listeners.add(listener);
    },
    remove(listener: Writable): void {
      listeners.delete(listener);
    },
    tell(bytes: Buffer): void {
      for (const listener of listeners) send(listener, bytes);
    },
    end(): void {
      for (const listener of listeners) listener.end();
      listeners.clear();
    },
  };
}
