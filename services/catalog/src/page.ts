export type Page<T> = { items: T[]; nextCursor: string | null };

/** A page of what was asked for with one more than fits; the cursor is the last id of the page. */
export function pageOf<T extends { _id: string }>(found: readonly T[], limit: number): Page<T> {
  const items = found.slice(0, limit);
  return { items, nextCursor: found.length > limit ? (items.at(-1)?._id ?? null) : null };
}
