import { once } from 'node:events';
import { connect } from 'node:net';

/** An answer as far as a load looks at it. */
export type Answer = { readonly status: number; readonly retryAfter: boolean };

/** Reads one answer that says its length, or nothing while it is not whole. */
export function parseAnswer(text: string): Answer | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`An answer says no length: ${head}`);
  if (text.length < end + 4 + Number(length)) return undefined;
  return { status: Number(head.slice(9, 12)), retryAfter: /\r\nretry-after: /i.test(head) };
}

/** Of all connections: what has come is read before anything else comes. */
const chunk = Buffer.allocUnsafe(65_536);

/**
 * A connection that is kept, with one request at a time on it. Node's own client costs several times
 * what this does, which the servers on the same machine would lack.
 */
export function openLine(url: URL) {
  let text = '';
  let waiting: PromiseWithResolvers<Answer> | undefined;
  const fail = (cause?: unknown) => {
    waiting?.reject(new Error('The connection broke off.', { cause }));
    waiting = undefined;
  };
  const hear = (length: number) => {
    text += chunk.toString('latin1', 0, length);
    const answer = parseAnswer(text);
    if (!answer) return true;
    text = '';
    const { resolve } = waiting ?? {};
    waiting = undefined;
    resolve?.(answer);
    return true;
  };
  const socket = connect({
    ...{ port: Number(url.port), host: url.hostname, noDelay: true },
    onread: { buffer: chunk, callback: hear },
  });
  socket.on('error', fail).on('close', () => fail());

  return {
    opened: once(socket, 'connect'),
    ask(request: string): Promise<Answer> {
      waiting = Promise.withResolvers();
      socket.write(request, 'latin1');
      return waiting.promise;
    },
    close: () => void socket.destroy(),
  };
}
export type Line = ReturnType<typeof openLine>;
