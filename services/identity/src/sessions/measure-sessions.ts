import type { Pool } from '@guichet/postgres/pool';
import type { Metrics } from '@guichet/telemetry/metrics';
import { sessionStore } from './session-store.ts';

/** Counted when it is asked for: every replica says the same number, so take its maximum. */
export function measureSessions(metrics: Metrics, pool: Pool): void {
  metrics.gauge({
    name: 'active_sessions',
    help: 'Sessions that are neither ended, expired nor idle',
    async collect() {
      this.set(await sessionStore(pool).countLive());
    },
  });
}
