import {
  DashboardBuilder,
  DashboardCursorSync,
  QueryVariableBuilder,
  RowBuilder,
  TextBoxVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Board, Row } from './board.ts';
import { drawPanel } from './draw.ts';
import { tag, toBoards } from './lead.ts';
import type { Panel } from './panel.ts';
import { sources } from './sources.ts';
import type { Variable } from './variables.ts';

const columns = 24;

type Placed = { panel: Panel; x: number; y: number };

/** Left to right, a new line where one is full: the SDK’s own layout lets panels hang over the edge. */
function layOut({ panels }: Row, top: number): { placed: Placed[]; bottom: number } {
  const placed: Placed[] = [];
  let [x, y, bottom] = [0, top, top];
  for (const panel of panels) {
    if (x + panel.width > columns) [x, y] = [0, bottom];
    placed.push({ panel, x, y });
    x += panel.width;
    bottom = Math.max(bottom, y + panel.height);
  }
  return { placed, bottom };
}

function drawVariable({ name, label, value, from }: Variable) {
  if (!from) return new TextBoxVariableBuilder(name).label(label).defaultValue(value);
  const builder = new QueryVariableBuilder(name)
    .label(label)
    .datasource(sources.prometheus)
    .query(`label_values(${from.series}, ${from.label})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
  if (value !== '.+') return builder.current({ text: value, value, selected: true });
  return builder
    .multi(true)
    .includeAll(true)
    .allValue(value)
    .current({ text: 'All', value: '$__all', selected: true });
}

/** A board as Grafana reads it. */
export function drawBoard({ uid, title, readBy, variables, rows, from, refresh }: Board): object {
  const builder = new DashboardBuilder(`Guichet: ${title}`)
    .uid(uid)
    .description(readBy)
    .tags([tag])
    .readonly()
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from, to: 'now' })
    .refresh(refresh)
    .link(toBoards())
    .variables(variables.map(drawVariable));
  let [y, id] = [0, 1];
  for (const row of rows) {
    builder.withRow(new RowBuilder(row.title).id(id++).gridPos({ x: 0, y, w: columns, h: 1 }));
    const { placed, bottom } = layOut(row, y + 1);
    for (const { panel, x, y } of placed) builder.withPanel(drawPanel(panel, { id: id++, x, y }));
    y = bottom;
  }
  return builder.build();
}
