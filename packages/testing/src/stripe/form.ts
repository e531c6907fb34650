export type FormValue = string | FormValue[] | Form;
export type Form = { [name: string]: FormValue };

const nameParts = (name: string): string[] => {
  const [head = ''] = name.split('[', 1);
  const brackets = [...name.slice(head.length).matchAll(/\[([^\]]*)\]/g)];
  return [head, ...brackets.map(([, part]) => part ?? '')];
};

/** `a[0]` and `a[]` both mean a list; which of the two a client sends is its own taste. */
const listsFromIndexes = (value: FormValue): FormValue => {
  if (typeof value === 'string' || Array.isArray(value)) return value;

  const entries = Object.entries(value).map(
    ([name, inner]) => [name, listsFromIndexes(inner)] as const,
  );
  const isList = entries.length > 0 && entries.every(([name]) => /^\d+$/.test(name));
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
};

/**
 * Reads `application/x-www-form-urlencoded` as Stripe does: `metadata[bookingId]=…` nests and
 * `expand[]=…` or `expand[0]=…` lists.
 */
export const decodeForm = (text: string): Form => {
  const root: Form = Object.create(null);

  for (const [name, value] of new URLSearchParams(text)) {
    const parts = nameParts(name);
    const last = parts.pop() ?? '';
    let node = root;
    for (const part of parts) {
      const inner = node[part];
      const child: Form =
        typeof inner === 'object' && !Array.isArray(inner) ? inner : Object.create(null);
      node[part] = child;
      node = child;
    }
    node[last === '' ? String(Object.keys(node).length) : last] = value;
  }

  return Object.fromEntries(
    Object.entries(root).map(([name, value]) => [name, listsFromIndexes(value)]),
  );
};
