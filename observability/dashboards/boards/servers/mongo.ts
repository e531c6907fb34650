import * as units from '@grafana/grafana-foundation-sdk/units';
import { type Given, graph, type Panel } from '../../panel.ts';
import { promql } from '../../query.ts';

/** What its stand-in, where MongoDB itself cannot be had, knows nothing of. */
const there = (given: Omit<Given, 'only'>) => graph({ only: 'with MongoDB itself', ...given });

export const mongo: readonly Panel[] = [
  there({
    title: 'Connections',
    means: 'Who is connected, and how many more may be.',
    wrong: 'Available comes near 0.',
    unit: units.Short,
    queries: [
      promql(
        'max by (conn_type) (mongodb_ss_connections{conn_type=~"current|available"})',
        '{{conn_type}}',
      ),
    ],
  }),
  there({
    title: 'How long it takes',
    means: 'The average time of reads, writes and commands, in microseconds.',
    wrong: 'Writes above ten milliseconds: its disk, or a document that all want to change.',
    unit: units.Microseconds,
    limits: { orange: 10_000, red: 100_000, bad: 'above' },
    queries: [
      promql(
        'sum by (op_type) (rate(mongodb_ss_opLatencies_latency[$__rate_interval])) / sum by (op_type) (rate(mongodb_ss_opLatencies_ops[$__rate_interval]))',
        '{{op_type}}',
      ),
    ],
  }),
  there({
    title: 'Cache',
    means: 'The share of its cache that is filled; it throws away from 0.8 on.',
    wrong: 'Above 0.95 requests must do the throwing away themselves.',
    unit: units.PercentUnit,
    limits: { orange: 0.9, red: 0.95, bad: 'above' },
    queries: [
      promql(
        'max(mongodb_ss_wt_cache_bytes_currently_in_the_cache / mongodb_ss_wt_cache_maximum_bytes_configured)',
        'filled',
      ),
    ],
  }),
  there({
    title: 'Waiting',
    means: 'Operations that wait for a lock.',
    wrong: 'More than a few for longer than a moment.',
    unit: units.Short,
    limits: { orange: 5, red: 50, bad: 'above' },
    queries: [promql('sum by (count_type) (mongodb_ss_globalLock_currentQueue)', '{{count_type}}')],
  }),
];
