import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** An answer as far as a load looks at it. */
export type Answer = { readonly status: number; readonly retryAfter: boolean };

/** Reads one answer that says its length, or nothing while it is not whole. */
export function parseAnswer(text: string): Answer | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end).toLowerCase();
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  if (length === undefined) throw new Error(`An answer says no length: ${head}`);
  if (text.length < end + 4 + Number(length)) return undefined;
  return { status: Number(head.slice(9, 12)), retryAfter: head.includes('\r\nretry-after: ') };
}

/**
 * A connection that is kept, with one request at a time on it. Node's own client costs several times
 * what this does, which the servers on the same machine would lack.
 */
export function openLine(url: URL) {
  const socket: Socket = connect(Number(url.port), url.hostname);
  socket.setNoDelay(true).setEncoding('latin1');
  let text = '';
  let waiting: PromiseWithResolvers<Answer> | undefined;
  const fail = (cause?: unknown) => {
    waiting?.reject(new Error('The connection broke off.', { cause }));
    waiting = undefined;
  };
  socket.on('error', fail).on('close', () => fail());
  socket.on('data', (chunk: string) => {
    text += chunk;
    const answer = parseAnswer(text);
    if (!answer) return;
    text = '';
    const { resolve } = waiting ?? {};
    waiting = undefined;
    resolve?.(answer);
  });

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
