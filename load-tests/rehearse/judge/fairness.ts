/**
 * How far who came first is served first: Kendall's rank correlation of arrival and service, 1 where
 * the order was kept, about 0 where chance decided, -1 where it was turned round.
 *
 * M. G. Kendall, "A New Measure of Rank Correlation", Biometrika 30 (1938), tau-a; counted by a merge
 * sort in n log n (W. R. Knight, JASA 61, 1966).
 */
export function kendall(servedInOrderOfArrival: readonly number[]): number {
  const n = servedInOrderOfArrival.length;
  if (n < 2) return Number.NaN;
  const pairs = (n * (n - 1)) / 2;
  return 1 - (2 * inversions([...servedInOrderOfArrival])) / pairs;
}

function inversions(values: number[]): number {
  if (values.length < 2) return 0;
  const half = values.length >> 1;
  const [left, right] = [values.slice(0, half), values.slice(half)];
  let count = inversions(left) + inversions(right);
  for (let at = 0, l = 0, r = 0; at < values.length; at += 1) {
    const [one, other] = [left[l], right[r]];
    if (other === undefined || (one !== undefined && one <= other)) {
      values[at] = one as number;
      l += 1;
    } else {
      values[at] = other;
      r += 1;
      count += left.length - l;
    }
  }
  return count;
}
