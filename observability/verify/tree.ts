import type { Span } from '../watchers/jaeger.ts';

const named = (spans: readonly Span[]) =>
  spans
    .slice(0, 5)
    .map(({ service, name }) => `${service} ${name}`)
    .join(', ');

/**
 * Why spans are not one tree, in words; `undefined` where they are. Its root is part of what the
 * caller's own span is, which no service tells of.
 */
export function whyNoTree(spans: readonly Span[], callerId: string): string | undefined {
  if (spans.length === 0) return 'there is no span';
  const known = new Set(spans.map(({ id }) => id));
  const isRoot = ({ parentId }: Span) => parentId === undefined || parentId === callerId;
  const orphans = spans.filter((span) => !isRoot(span) && !known.has(span.parentId ?? ''));
  if (orphans.length > 0)
    return `${orphans.length} have a parent that is not there: ${named(orphans)}`;
  const roots = spans.filter(isRoot);
  if (roots.length === 1) return undefined;
  return roots.length === 0
    ? 'they go in a circle'
    : `it has ${roots.length} roots: ${named(roots)}`;
}

/** Those of `expected` that tell nothing in a trace. */
export const silentIn = (spans: readonly Span[], expected: readonly string[]): string[] =>
  expected.filter((name) => !spans.some(({ service }) => service === name));
