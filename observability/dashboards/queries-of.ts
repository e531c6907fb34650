import { type Board, panelsOf } from './board.ts';
import type { Panel } from './panel.ts';
import type { Query } from './query.ts';

/** A question as Grafana would send it, and whose it is. */
export type Asked = {
  readonly panel: Panel;
  readonly query: Query;
  /** With every variable replaced. */
  readonly expr: string;
};

export type Chosen = {
  /** What `$__range`, `$__rate_interval` and `$__interval` stand for, such as `15m`. */
  readonly range: string;
  readonly rateInterval: string;
  readonly interval: string;
  /** Further choices, by the variable's name; the others are as the board has them. */
  readonly choices?: Readonly<Record<string, string>>;
};

/** Every question of a board, with its variables chosen, in the order of its panels. */
export function queriesOf(board: Board, chosen: Chosen): readonly Asked[] {
  const values: Record<string, string> = {
    __range: chosen.range,
    __rate_interval: chosen.rateInterval,
    __interval: chosen.interval,
    __auto: chosen.interval,
  };
  for (const { name, value } of board.variables) values[name] = chosen.choices?.[name] ?? value;

  const replace = (expr: string) =>
    expr.replace(/\$(\w+)/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`${board.uid} has no variable ${name}.`);
      return value;
    });
  return panelsOf(board).flatMap((panel) =>
    panel.queries.map((query) => ({ panel, query, expr: replace(query.expr) })),
  );
}
