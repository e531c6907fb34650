/**
 * Power of two choices: of two endpoints drawn by chance, the one with fewer requests in flight.
 * Nearly as even as asking all of them, without everybody running to the same idle one
 * (Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001).
 */
export function chooseOfTwo<T extends { readonly inFlight: number }>(
  candidates: readonly T[],
  random: () => number = Math.random,
): T | undefined {
  if (candidates.length < 2) return candidates[0];
  const first = Math.floor(random() * candidates.length);
  const second = (first + 1 + Math.floor(random() * (candidates.length - 1))) % candidates.length;
  const [a, b] = [candidates[first] as T, candidates[second] as T];
  return a.inFlight <= b.inFlight ? a : b;
}
