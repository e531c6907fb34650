/**
 * JSON as Helm's `toJson` writes it: keys in order, no spaces, and `<`, `>`, `&` escaped. What both
 * renderings hash must be the same bytes.
 */
export function canonicalJson(value: unknown): string {
  const text = JSON.stringify(value, (_, inner) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
  return text.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
}
