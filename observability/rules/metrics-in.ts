const keywords = new Set(['and', 'or', 'unless', 'bool', 'by', 'on', 'without', 'ignoring']);
const strings = /"(?:[^"\\]|\\.)*"/g;
/** Labels, and not metrics: matchers, and what is grouped or matched by. */
const labels = /\{[^}]*\}|\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g;
const ranges = /\[[^\]]*\]/g;
/** A name that is no function. */
const names = /(?<![\w:])[a-zA-Z_:][\w:]*(?!\w)(?!\s*\()/g;

/** The metrics that an expression of PromQL asks for, by their names. */
export function metricsIn(expr: string): string[] {
  const bare = expr.replace(strings, '""').replace(labels, ' ').replace(ranges, ' ');
  return [...new Set(bare.match(names) ?? [])].filter((name) => !keywords.has(name));
}
