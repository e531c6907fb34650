import { styleText } from 'node:util';
import type { Exchange, Exchanges } from './exchanges.ts';

const longestText = 64;
const mostLines = 6;
const width = 100;

type Json = null | string | number | boolean | Json[] | { [name: string]: Json };

const tooLong = (text: string): string =>
  text.length > longestText ? `${text.slice(0, 20)}… (${text.length} characters)` : text;

/** What is inside of what is inside would hide what matters; so would every `null`. */
const brief = (value: Json, depth = 0): Json => {
  if (typeof value === 'string') return tooLong(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const [first, ...others] = value;
    if (first === undefined) return [];
    return others.length > 0
      ? [brief(first, depth), `… ${value.length} in all`]
      : [brief(first, depth)];
  }
  if (depth > 1) return '{…}';
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([name, inner]) => [name, brief(inner, depth + 1)]),
  );
};

/** JSON, shortened, with room to break its lines at; a form is only cut. */
export const shorten = (text: string): string => {
  try {
    return JSON.stringify(brief(JSON.parse(text))).replaceAll(',"', ', "');
  } catch {
    return tooLong(text);
  }
};

const wrap = (text: string, indent: string): string => {
  const broken = new RegExp(`.{1,${width - indent.length}}(?:(?<=,) |$)|.{1,${width}}`, 'g');
  const lines = text.match(broken) ?? [];
  const more = lines.length > mostLines ? ['…'] : [];
  return [...lines.slice(0, mostLines), ...more].map((line) => `${indent}${line}\n`).join('');
};

const exchangeLines = ({ method, url, request, status, answer }: Exchange): string => {
  const good = status < 400 ? 'green' : 'red';
  const indent = ' '.repeat(8);
  return [
    `   ${styleText('bold', method.padEnd(4))} ${url}\n`,
    request === undefined ? '' : styleText('dim', wrap(shorten(request), indent)),
    `   ${styleText(good, String(status))}\n`,
    answer === '' ? '' : styleText('dim', wrap(shorten(answer), indent)),
  ].join('');
};

export type Step = <T>(
  title: string,
  work: () => Promise<{ value: T; says: string }>,
) => Promise<T>;

/** Prints each step with its request, its answer, how long it took, and what that means. */
export const createReport = (exchanges: Exchanges, write: (text: string) => void): Step => {
  let count = 0;

  return async (title, work) => {
    count += 1;
    const startedAt = performance.now();
    const head = () => {
      const took = `${Math.round(performance.now() - startedAt)} ms`;
      const name = `${String(count).padStart(2)} ${title}`;
      write(`\n${styleText('bold', name)}${took.padStart(Math.max(2, width - name.length))}\n`);
    };
    const show = () => {
      const all = exchanges.takeAll();
      // Waiting asks the same thing again and again: the last answer is the one that counts.
      const shown = all.filter(
        ({ method, url }, at) => !(all[at + 1]?.url === url && all[at + 1]?.method === method),
      );
      const repeated = all.length - shown.length;
      for (const exchange of shown) write(exchangeLines(exchange));
      if (repeated > 0) write(styleText('dim', `        asked ${repeated + 1} times\n`));
    };

    try {
      const { value, says } = await work();
      head();
      show();
      write(`   ${styleText('cyan', `→ ${says}`)}\n`);
      return value;
    } catch (error) {
      head();
      show();
      throw error;
    }
  };
};
