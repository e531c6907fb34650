import type { Metrics } from '@guichet/telemetry/metrics';
import type pg from 'pg';

/** Whether requests wait for a connection, rather than for what the database does with it. */
export function measurePool(pool: pg.Pool, metrics: Metrics): void {
  metrics.gauge({
    name: 'guichet_pool_connections',
    help: 'Connections to PostgreSQL by what they do',
    labelNames: ['state'],
    collect() {
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
      this.set({ state: 'idle' }, pool.idleCount);
    },
  });
  metrics.gauge({
    name: 'guichet_pool_waiting',
    help: 'Whoever waits for a connection to PostgreSQL at this moment',
    collect() {
      this.set(pool.waitingCount);
    },
  });
}
