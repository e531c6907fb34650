import type { Operation } from '@guichet/contracts/operation';

export type Match =
  | { readonly kind: 'route'; readonly operation: Operation }
  | { readonly kind: 'method_not_allowed'; readonly allow: readonly string[] }
  | { readonly kind: 'unknown' };

type Node = {
  readonly literals: Map<string, Node>;
  placeholder: Node | undefined;
  readonly operations: Map<string, Operation>;
};

const newNode = (): Node => ({
  literals: new Map(),
  placeholder: undefined,
  operations: new Map(),
});

/**
 * A path as its segments, or nothing where two servers could read it differently: dot segments,
 * empty segments, encoded slashes, backslashes or control characters. What is refused here can
 * never reach a service under another name than the one that was checked.
 */
export function segmentsOf(path: string): readonly string[] | undefined {
  if (!path.startsWith('/')) return undefined;
  const raw = path.slice(1).split('/');
  const segments: string[] = [];
  for (const part of raw) {
    let segment: string;
    try {
      segment = decodeURIComponent(part);
    } catch {
      return undefined;
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    if (segment === '' || /^\.{1,2}$|[/\\\u0000-\u001f\u007f]/.test(segment)) return undefined;
    segments.push(segment);
  }
  return segments;
}

function insert(root: Node, operation: Operation): void {
  let node = root;
  for (const segment of operation.path.slice(1).split('/')) {
    if (segment.startsWith('{')) {
      node.placeholder ??= newNode();
      node = node.placeholder;
    } else {
      const next = node.literals.get(segment) ?? newNode();
      node.literals.set(segment, next);
      node = next;
    }
  }
  node.operations.set(operation.method.toUpperCase(), operation);
}

/** A literal segment wins over a placeholder: `/api/slots/import` is no slot called "import". */
function descend(node: Node, segments: readonly string[], from: number): Node | undefined {
  const segment = segments[from];
  if (segment === undefined) return node.operations.size > 0 ? node : undefined;

  const literal = node.literals.get(segment);
  const found = literal && descend(literal, segments, from + 1);
  if (found) return found;
  return node.placeholder && descend(node.placeholder, segments, from + 1);
}

/** Finds the operation of a method and path. What no operation declares is never passed on. */
export function createRouteTable(operations: readonly Operation[]) {
  const root = newNode();
  for (const operation of operations) insert(root, operation);
  const nodeOf = (path: string) => {
    const segments = segmentsOf(path);
    return segments && descend(root, segments, 0);
  };
  /** Paths that are written in full, as a rush asks for: they need no taking apart. */
  const literals = new Map(
    operations.filter(({ path }) => !path.includes('{')).map(({ path }) => [path, nodeOf(path)]),
  );

  return {
    find(method: string, path: string): Match {
      const node = literals.get(path) ?? nodeOf(path);
      if (!node) return { kind: 'unknown' };

      const operation = node.operations.get(method === 'HEAD' ? 'GET' : method);
      return operation
        ? { kind: 'route', operation }
        : { kind: 'method_not_allowed', allow: [...node.operations.keys()] };
    },
  };
}
export type RouteTable = ReturnType<typeof createRouteTable>;
