import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '@guichet/http/problem';

/** As many as are in use at once in a rush, of which each is sent once or twice. */
const mostKept = 10_000;

/**
 * The offering that a quote says it is of. Nothing of it is verified: reservation does, and refuses a
 * quote that says another one than its own. Of one quote the bytes are read once.
 */
export function createOfferingOfQuote() {
  const known = new Map<string, string>();

  return (quote: string): string | undefined => {
    const kept = known.get(quote);
    if (kept !== undefined) return kept;
    const payload = quote.split('.', 2)[1] ?? '';
    let offering: unknown;
    try {
      offering = JSON.parse(Buffer.from(payload, 'base64url').toString()).off;
    } catch {
      return undefined;
    }
    if (typeof offering !== 'string') return undefined;
    const id = offering.toLowerCase();
    if (known.size >= mostKept) known.clear();
    known.set(quote, id);
    return id;
  };
}

const unreadable = new Problem({
  status: 400,
  code: 'invalid_request',
  detail: 'The body is no JSON. Send the booking as JSON in UTF-8.',
});
const encoded = new Problem({
  status: 415,
  code: 'unsupported_media_type',
  detail: 'Send the booking as JSON in UTF-8, and not compressed.',
});

/** No other parameter, in which a second charset could hide. */
const jsonInUtf8 = /^\s*application\/json\s*(;\s*charset\s*=\s*("utf-8"|utf-8)\s*)?$/i;

/** Express would read what is compressed, and what is in UTF-7 or UTF-16, too. */
const isPlain = (headers: IncomingHttpHeaders): boolean =>
  (headers['content-encoding'] ?? 'identity').toLowerCase() === 'identity' &&
  jsonInUtf8.test(headers['content-type'] ?? '');

/**
 * The quote of a booking’s body, as far as it has one.
 *
 * @throws Problem where reservation could read another quote than we do: what we cannot read is not
 *   passed on, or a compressed body would be the way past every waiting room
 */
export function quoteIn(body: Buffer, headers: IncomingHttpHeaders): string | undefined {
  if (!isPlain(headers)) throw encoded;
  let booking: unknown;
  try {
    booking = JSON.parse(body.toString());
  } catch {
    throw unreadable;
  }
  const quote = (booking as { quote?: unknown } | null)?.quote;
  return typeof quote === 'string' ? quote : undefined;
}
