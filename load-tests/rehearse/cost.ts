/** What waiting costs: microseconds of CPU for one person and one minute, by process. */
export function perPersonMinute(
  before: Record<string, number>,
  after: Record<string, number>,
  { people, seconds }: { people: number; seconds: number },
): Record<string, number> {
  const ours = ['gateway', 'waiting-room', 'postgres', 'valkey'];
  const of = (name: string) => ((after[name] ?? 0) - (before[name] ?? 0)) / people / (seconds / 60);
  return Object.fromEntries(ours.map((name) => [name, of(name)]));
}
