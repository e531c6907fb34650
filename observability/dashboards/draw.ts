import * as common from '@grafana/grafana-foundation-sdk/common';
import {
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as LogsBuilder } from '@grafana/grafana-foundation-sdk/logs';
import { DataqueryBuilder as LogqlBuilder } from '@grafana/grafana-foundation-sdk/loki';
import {
  PromQueryFormat,
  DataqueryBuilder as PromqlBuilder,
} from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as GraphBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { leads } from './lead.ts';
import type { Limits, Panel } from './panel.ts';
import type { Query } from './query.ts';
import { sources } from './sources.ts';

const stat = () =>
  new StatBuilder()
    .colorMode(common.BigValueColorMode.Value)
    .graphMode(common.BigValueGraphMode.Area)
    .textMode(common.BigValueTextMode.Auto)
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false));

const graph = ({ limits }: Panel) =>
  new GraphBuilder()
    .lineWidth(2)
    .fillOpacity(10)
    .showPoints(common.VisibilityMode.Never)
    .min(0)
    .thresholdsStyle(
      new common.GraphThresholdsStyleConfigBuilder().mode(
        limits ? common.GraphThresholdsStyleMode.Dashed : common.GraphThresholdsStyleMode.Off,
      ),
    )
    .legend(
      new common.VizLegendOptionsBuilder()
        .displayMode(common.LegendDisplayMode.List)
        .placement(common.LegendPlacement.Bottom)
        .showLegend(true),
    );

/** The panel as Grafana’s SDK has it, bare. */
const bare = {
  stat,
  graph,
  stack: (panel: Panel) =>
    graph(panel)
      .fillOpacity(40)
      .stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal)),
  table: () => new TableBuilder().showHeader(true),
  lines: () =>
    new LogsBuilder()
      .showTime(true)
      .wrapLogMessage(true)
      .enableLogDetails(true)
      .prettifyLogMessage(false)
      .sortOrder(common.LogsSortOrder.Ascending),
} satisfies Record<Panel['draw'], (panel: Panel) => unknown>;

/** The first colour has no beginning. */
const stepsOf = ({ orange, red, bad }: Limits): Threshold[] => {
  const amber = orange === undefined ? [] : [{ value: orange, color: 'orange' }];
  return bad === 'above'
    ? [{ value: null, color: 'green' }, ...amber, { value: red, color: 'red' }]
    : [
        { value: null, color: 'red' },
        ...amber.map(({ color }) => ({ value: red, color })),
        { value: orange ?? red, color: 'green' },
      ];
};

/** A, B, C and so on. */
const refId = (nth: number) => String.fromCharCode('A'.charCodeAt(0) + nth);

/** What is asked of all the time that is shown is asked once, at its end, and not for each point of it. */
const isAskedOnce = (draw: Panel['draw'], { expr }: Query) =>
  draw === 'table' || (draw === 'stat' && expr.includes('$__range'));

function target(query: Query, nth: number, draw: Panel['draw']) {
  const { language, expr, legend, exemplars } = query;
  const once = isAskedOnce(draw, query);
  if (language === 'logql') {
    return new LogqlBuilder()
      .expr(expr)
      .queryType(once ? 'instant' : 'range')
      .legendFormat(legend)
      .refId(refId(nth))
      .datasource(sources.loki);
  }
  const asked = new PromqlBuilder().expr(expr).legendFormat(legend).refId(refId(nth));
  // As series, a table would show one of them, and a list to choose another from.
  if (draw === 'table') asked.format(PromQueryFormat.Table);
  return (once ? asked.instant() : asked.range())
    .exemplar(exemplars === true)
    .datasource(sources.prometheus);
}

/** When it was asked is now; the number is called what the panel is. */
const tidied = ({ title }: Panel) => ({
  id: 'organize',
  options: { excludeByName: { Time: true }, renameByName: { Value: title } },
});

/** A panel as Grafana reads it, where the board has its place. */
export function drawPanel(panel: Panel, at: { id: number; x: number; y: number }) {
  const { draw, title, means, wrong, unit, width, height, queries, limits, decimals } = panel;
  const builder = bare[draw](panel)
    .id(at.id)
    .title(title)
    .description(`${means}\n\nWrong: ${wrong}`)
    .unit(unit)
    .gridPos({ x: at.x, y: at.y, w: width, h: height })
    .datasource(queries[0]?.language === 'logql' ? sources.loki : sources.prometheus)
    .targets(queries.map((query, nth) => target(query, nth, draw)))
    .dataLinks(leads(panel));
  if (draw === 'table') builder.withTransformation(tidied(panel));
  if (decimals !== undefined) builder.decimals(decimals);
  if (limits) {
    const steps = new ThresholdsConfigBuilder()
      .mode(ThresholdsMode.Absolute)
      .steps(stepsOf(limits));
    builder.thresholds(steps);
  }
  return builder;
}
