const unitSeconds: Readonly<Record<string, number>> = { µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3_600 };

/** As Go writes a duration, such as `1m2.5s` or `7.9ms`, in seconds. */
export function secondsIn(duration: string): number {
  const parts = [...duration.matchAll(/([\d.]+)(µs|ms|h|m|s)/g)];
  if (parts.length === 0) throw new Error(`${duration} is no duration.`);
  return parts.reduce(
    (sum, [, value, unit = '']) => sum + Number(value) * (unitSeconds[unit] ?? 0),
    0,
  );
}

/** What k6’s summary says at its end, where all there is of a run is what its pod has written. */
export function readK6(said: string) {
  const lines = said.split('\n').map((line) => line.trim());
  const after = (metric: string) =>
    lines.slice(lines.findIndex((line) => line.startsWith(metric)) + 1);
  const ofReservation = (metric: string) =>
    after(metric).find((line) => line.startsWith('{ service:reservation }')) ?? '';
  const duration = ofReservation('http_req_duration..');
  const trend = (stat: string) => {
    const at = duration.indexOf(`${stat}=`);
    return at < 0
      ? Number.NaN
      : secondsIn(duration.slice(at + stat.length + 1).split(' ')[0] ?? '');
  };
  return {
    count: (metric: string) =>
      Number(lines.map((line) => line.match(`^${metric}\\.*: +(\\d+)`)?.[1]).find(Boolean) ?? 0),
    /** To reservation: how many, and what half and 99 of 100 of them took in seconds. */
    requests: Number(/out of (\d+)/.exec(ofReservation('http_req_failed..'))?.[1] ?? 0),
    median: trend('med'),
    p99: trend('p(99)'),
  };
}
