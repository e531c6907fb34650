import { type ESTree, parseSync, Visitor } from 'vite';

const files = import.meta.glob<string>(
  ['../**/*.{ts,tsx}', '!../**/*.test.{ts,tsx}', '!../**/*-test.ts'],
  { query: '?raw', import: 'default', eager: true },
);

/** Attributes that people see or hear: HTML's own, and those of the page's parts. */
const spoken = new Set([
  ...['aria-description', 'aria-label', 'aria-placeholder', 'aria-roledescription'],
  ...['aria-valuetext', 'abbr', 'alt', 'placeholder', 'title'],
  ...['detail', 'error', 'fewer', 'hint', 'label', 'more', 'optional', 'when', 'where'],
]);

/** Literal texts that an expression may come to; what a call answers is the call's own. */
function textsOf(node: ESTree.Node): string[] {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : [];
    case 'TemplateLiteral':
      return [...node.quasis.map(({ value }) => value.raw), ...node.expressions.flatMap(textsOf)];
    case 'ConditionalExpression':
      return [node.consequent, node.alternate].flatMap(textsOf);
    case 'LogicalExpression':
      return [node.left, node.right].flatMap(textsOf);
    case 'BinaryExpression':
      return node.operator === '+' ? [node.left, node.right].flatMap(textsOf) : [];
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'JSXExpressionContainer':
      return textsOf(node.expression);
    case 'JSXText':
      return [node.value];
    default:
      return [];
  }
}

/** Signs, figures and the name of the house are the same in every language. */
const isLanguage = (text: string) => /\p{L}/u.test(text.replaceAll('Guichet', ''));

/** What one file of the page has to do with texts. */
type Source = {
  /** Texts that it shows, and that are in one language only. */
  readonly shown: string[];
  /** Every string in it, of which some are keys. */
  readonly strings: Set<string>;
  /** How the strings begin that it puts together. */
  readonly beginnings: Set<string>;
  /** `method path` of each operation that it calls. */
  readonly called: Set<string>;
};

export function readSource(name: string, source: string): Source {
  const { program, errors } = parseSync(name, source);
  if (errors[0]) throw new Error(`${name}: ${errors[0].message}`);
  const strings = new Set<string>();
  const beginnings = new Set<string>();
  const called = new Set<string>();
  const shown: string[] = [];
  const show = (nodes: readonly ESTree.Node[]) =>
    shown.push(
      ...nodes
        .flatMap(textsOf)
        .map((text) => text.trim())
        .filter(isLanguage),
    );

  new Visitor({
    JSXElement({ children }) {
      show(children);
    },
    JSXFragment({ children }) {
      show(children);
    },
    JSXAttribute({ name, value }) {
      if (value && spoken.has(String(name.name))) show([value]);
    },
    Literal({ value }) {
      if (typeof value === 'string') strings.add(value);
    },
    TemplateLiteral({ quasis: [first, ...rest] }) {
      if (first) (rest.length > 0 ? beginnings : strings).add(first.value.raw);
    },
    CallExpression({ callee, arguments: [address] }) {
      if (callee.type !== 'Identifier' || callee.name !== 'call' || !address) return;
      for (const text of textsOf(address)) called.add(text);
    },
  }).visit(program);
  return { shown, strings, beginnings, called };
}

/** Every file of the page but its tests, by its path. */
export const sources = new Map(
  Object.entries(files).map(([path, source]) => [path, readSource(path, source)] as const),
);
