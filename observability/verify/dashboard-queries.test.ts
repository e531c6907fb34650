import { expect, test } from 'vitest';
import { isOfCluster, queriesIn } from './dashboard-queries.ts';

const dashboard = {
  title: 'Sale',
  templating: {
    list: [
      { name: 'service', query: 'label_values(service)', current: { value: '$__all' } },
      { name: 'search', query: '', current: { value: 'oops' } },
    ],
  },
  panels: [
    {
      title: 'Row',
      panels: [
        {
          title: 'Requests',
          datasource: { type: 'prometheus' },
          targets: [{ expr: 'rate(a_total{service=~"$service"}[$__rate_interval])' }, {}],
        },
      ],
    },
    {
      title: 'Lines',
      targets: [
        { expr: '{service=~"$\u007bservice:regex}"} |= "$search"', datasource: { type: 'loki' } },
      ],
    },
  ],
};

test('a dashboard’s questions are asked as Grafana asks them, rows and variables included', () => {
  expect(queriesIn(dashboard)).toEqual([
    { title: 'Sale: Requests', expr: 'rate(a_total{service=~".+"}[5m])', language: 'promql' },
    { title: 'Sale: Lines', expr: '{service=~".+"} |= "oops"', language: 'logql' },
  ]);
});

test('what only a cluster tells of is told apart', () => {
  const asks = (expr: string) => isOfCluster({ title: '', expr, language: 'promql' });

  expect(asks('sum(kube_pod_info)')).toBe(true);
  expect(asks('up{job="postgres"}')).toBe(true);
  expect(asks('sum(guichet_pool_waiting)')).toBe(false);
});
