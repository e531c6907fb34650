import type { Metrics } from '@guichet/telemetry/metrics';

/** What the replica that keeps a room does for it. */
export function measureKeeper(metrics: Metrics) {
  const called = metrics.counter({
    name: 'guichet_waiting_room_called_total',
    help: 'People whose turn was called',
  });
  const failed = metrics.counter({
    name: 'guichet_waiting_room_ticks_failed_total',
    help: 'Rounds in which nobody could be called, by what was away',
    labelNames: ['reason'] as const,
  });
  const probe = metrics.histogram({
    name: 'guichet_waiting_room_probe_seconds',
    help: 'How long reservation took to say how placing goes',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.125, 0.25, 0.5, 1],
  });
  for (const reason of ['database', 'reservation', 'draw']) failed.inc({ reason }, 0);
  return {
    onCalled: (people: number) => called.inc(people),
    onFailed: (reason: 'database' | 'reservation' | 'draw') => failed.inc({ reason }),
    onProbed: (tookMs: number) => probe.observe(tookMs / 1_000),
  };
}
