import type { EndpointSlice } from './endpoint-slice.ts';

type Change = { readonly version: number; readonly type: string; readonly object: EndpointSlice };

/** Label selectors as far as discovery uses them: `key` and `key=value`, joined by commas. */
export const selects =
  (selector: string) =>
  ({ metadata: { labels } }: EndpointSlice): boolean =>
    selector.split(',').every((part) => {
      const [key = '', value] = part.split('=');
      return value === undefined ? key in labels : labels[key] === value;
    });

/** The slices there are, and what became of them, by a version that counts up. */
export function createSliceHistory() {
  const slices = new Map<string, EndpointSlice>();
  let changes: Change[] = [];
  let version = 100;
  let oldest = version;

  function add(type: string, slice: EndpointSlice): Change {
    version += 1;
    const metadata = { ...slice.metadata, resourceVersion: String(version) };
    const change = { version, type, object: { ...slice, metadata } };
    changes.push(change);
    return change;
  }

  return {
    version: () => version,
    list: () => [...slices.values()],
    put(slice: EndpointSlice): Change {
      const { name } = slice.metadata;
      const change = add(slices.has(name) ? 'MODIFIED' : 'ADDED', slice);
      slices.set(name, change.object);
      return change;
    },
    remove(name: string): Change {
      const slice = slices.get(name);
      if (!slice) throw new Error(`There is no slice ${name}.`);
      slices.delete(name);
      return add('DELETED', slice);
    },
    /** What came after a version, or nothing where that is forgotten. */
    since(from: number): Change[] | undefined {
      return from < oldest ? undefined : changes.filter((change) => change.version > from);
    },
    /** Time passes: something else changes, and what was is compacted away. */
    forget(): void {
      version += 1;
      oldest = version;
      changes = [];
    },
  };
}
