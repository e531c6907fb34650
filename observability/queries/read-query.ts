import { parser as logqlParser } from '@grafana/lezer-logql';
import { parser as promqlParser } from '@prometheus-io/lezer-promql';

const parsers = { promql: promqlParser, logql: logqlParser };

/** Whether a query is one, by the grammar that Grafana's own editor has; where it ceases to be. */
export function faultOf(language: keyof typeof parsers, expr: string): string | undefined {
  let at: number | undefined;
  parsers[language].parse(expr).iterate({
    enter: ({ type, from }) => {
      if (type.isError) at ??= from;
    },
  });
  return at === undefined ? undefined : `${expr.slice(0, at)}⟨here⟩${expr.slice(at)}`;
}

/** The metrics that a PromQL asks for. */
export function metricsIn(expr: string): Set<string> {
  const names = new Set<string>();
  promqlParser.parse(expr).iterate({
    enter: ({ name, node }) => {
      if (name !== 'VectorSelector') return;
      const identifier = node.getChild('Identifier');
      // A selector without a name would ask all that there is.
      names.add(identifier ? expr.slice(identifier.from, identifier.to) : '{}');
    },
  });
  return names;
}
