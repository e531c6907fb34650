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
    if (known.size >= mostKept) known.clear();
    known.set(quote, offering);
    return offering;
  };
}

/** The quote of a booking’s body, as far as it has one. */
export function quoteIn(body: Buffer): string | undefined {
  try {
    const quote = JSON.parse(body.toString()).quote;
    return typeof quote === 'string' ? quote : undefined;
  } catch {
    return undefined;
  }
}
