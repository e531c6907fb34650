import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const folder = join(
  import.meta.dirname,
  '../../charts/guichet-observability/files/grafana/dashboards',
);
const source = z.object({ type: z.string().optional() }).optional();
const target = z.object({ expr: z.string().optional(), datasource: source });
type Panel = {
  title?: string | undefined;
  datasource?: z.output<typeof source>;
  targets?: z.output<typeof target>[] | undefined;
  panels?: Panel[] | undefined;
};
const panel: z.ZodType<Panel> = z.lazy(() =>
  z.object({
    title: z.string().optional(),
    datasource: source,
    targets: z.array(target).optional(),
    panels: z.array(panel).optional(),
  }),
);
const variable = z.object({
  name: z.string(),
  allValue: z.string().nullish(),
  query: z.unknown(),
  current: z.object({ value: z.unknown() }).optional(),
});
const dashboardSchema = z.object({
  title: z.string(),
  panels: z.array(panel),
  templating: z.object({ list: z.array(variable).optional() }).optional(),
});
type Dashboard = z.output<typeof dashboardSchema>;

/** What a panel asks, as Grafana would ask it. */
export type DashboardQuery = { title: string; expr: string; language: 'promql' | 'logql' };

/** What Grafana itself puts in. */
const own = { __range: '1h', __rate_interval: '5m', __interval: '1m', __auto: '5m' };

function valuesOf({ templating }: Dashboard): Record<string, string> {
  const chosen = (templating?.list ?? []).map(({ name, allValue, current, query }) => {
    const { value } = current ?? {};
    if (value === '$__all' || (Array.isArray(value) && value[0] === '$__all')) {
      return [name, allValue ?? '.+'];
    }
    if (typeof value === 'string') return [name, value];
    return [name, typeof query === 'string' ? query : '.+'];
  });
  return { ...own, ...Object.fromEntries(chosen) };
}

/** Every question of a dashboard, with its variables as they are before anybody chooses. */
export function queriesIn(json: unknown): DashboardQuery[] {
  const dashboard = dashboardSchema.parse(json);
  const values = valuesOf(dashboard);
  const replace = (expr: string) =>
    expr.replaceAll(/\$\{(\w+)(?::\w+)?\}|\$(\w+)/g, (whole, braced?: string, bare?: string) => {
      return values[braced ?? bare ?? ''] ?? whole;
    });
  const within = ({
    title = '',
    datasource,
    targets = [],
    panels = [],
  }: Panel): DashboardQuery[] => [
    ...targets.flatMap((asked) => {
      if (!asked.expr) return [];
      const type = asked.datasource?.type ?? datasource?.type;
      const language = type === 'loki' ? ('logql' as const) : ('promql' as const);
      return [{ title: `${dashboard.title}: ${title}`, expr: replace(asked.expr), language }];
    }),
    ...panels.flatMap(within),
  ];
  return dashboard.panels.flatMap(within);
}

export const dashboardQueries = (): DashboardQuery[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => queriesIn(JSON.parse(readFileSync(join(folder, name), 'utf8'))));

/** What servers, nodes and Kubernetes tell of themselves, which on one machine nobody asks. */
const inClusterOnly =
  /\b(kube|container|kubelet|machine|pg|mongodb|redis|rabbitmq|system|node|probe)_\w+|job="(postgres|mongo|rabbitmq|valkey|kubelet|cadvisor|node|grafana|collector-agent)"/;

export const isOfCluster = ({ expr }: DashboardQuery): boolean => inClusterOnly.test(expr);
