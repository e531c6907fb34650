/*
 * What a message may show of itself: numbers, and texts under these names. A list of what is
 * secret would let through the first field that nobody thought of.
 */
const shown = new Set([
  ...['specversion', 'id', 'source', 'type', 'subject', 'time', 'traceparent', 'datacontenttype'],
  ...['status', 'kind', 'reference', 'provider', 'providerRef', 'failureCode', 'currency'],
  ...['language', 'role', 'action', 'target'],
]);
/** Ids and instants, whatever they are of. */
const shownEndings = /(Id|At)$/;

export const hidden = '[hidden]';

const addresses = /[^\s"'<>:;,()]+@[^\s"'<>:;,()]+/g;
/** Long and without a break; but not the ids that are UUIDs. */
const tokens = /[\w+=-]{24,}(?:\.[\w+=-]+)*/g;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const withoutAddresses = (text: string): string => text.replace(addresses, hidden);

/** A sentence that somebody's data may have come into: without addresses and tokens. */
export const redactSentence = (text: string): string =>
  withoutAddresses(text).replace(tokens, (found) => (uuid.test(found) ? found : hidden));

/** The same shape, without what may be secret or personal in it. */
export function redact(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => redact(item, name));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, redact(inner, key)]),
    );
  }
  if (typeof value !== 'string') return value;
  return shown.has(name) || shownEndings.test(name) ? withoutAddresses(value) : hidden;
}
