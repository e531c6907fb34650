import * as units from '@grafana/grafana-foundation-sdk/units';
import { graph, type Panel, stack } from '../../panel.ts';
import { perSecond, promql } from '../../query.ts';

const database = 'datname="guichet_reservation"';

/** What PostgreSQL itself says of the database of reservation. */
export const waits: readonly Panel[] = [
  stack({
    title: 'What connections wait for',
    means: 'Connections at work by what they wait for. Lock is a row or a transaction.',
    wrong: 'More than two on Lock: something beside the batches takes the rows of slots.',
    unit: units.Short,
    queries: [
      promql(
        `sum by (wait_event_type, wait_event) (pg_stat_activity_count{${database},state="active"})`,
        '{{wait_event_type}} {{wait_event}}',
      ),
    ],
    only: 'in a cluster',
  }),
  graph({
    title: 'Waiting for a row',
    means: 'Connections that wait for a lock which another one has.',
    wrong: 'More than one or two for longer than a moment.',
    unit: units.Short,
    limits: { orange: 2, red: 5, bad: 'above' },
    queries: [
      promql(
        `sum(pg_stat_activity_count{${database},wait_event_type="Lock"}) or vector(0)`,
        'waiting',
      ),
    ],
    only: 'in a cluster',
  }),
  stack({
    title: 'Locks by mode',
    means: 'Locks that are held or asked for in the database of reservation.',
    wrong: 'AccessExclusive during a sale: somebody changes the schema.',
    unit: units.Short,
    queries: [promql(`sum by (mode) (pg_locks_count{${database}})`, '{{mode}}')],
    only: 'in a cluster',
  }),
  graph({
    title: 'Transactions',
    means: 'What is committed, rolled back and ended for a deadlock, in a second.',
    wrong: 'Any deadlock: two statements take rows in different orders.',
    unit: units.OpsPerSecond,
    queries: [
      promql(perSecond(`pg_stat_database_xact_commit{${database}}`), 'committed'),
      promql(perSecond(`pg_stat_database_xact_rollback{${database}}`), 'rolled back'),
      promql(perSecond(`pg_stat_database_deadlocks{${database}}`), 'deadlocks'),
    ],
    only: 'in a cluster',
  }),
];
