import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/**
 * Answers with JSON that is written already. Express's `json` sets one header after the other and
 * looks at each again: where an answer is given ten thousand times a second, that shows.
 */
export function sendJson(
  res: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  text: string,
): void {
  res.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    ...headers,
    'content-length': Buffer.byteLength(text),
  });
  res.end(text);
}
