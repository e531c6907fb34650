/** `numerator / denominator` to the nearest whole, half up; for amounts, which are never negative. */
export const roundHalfUp = (numerator: bigint, denominator: bigint): bigint =>
  (2n * numerator + denominator) / (2n * denominator);
