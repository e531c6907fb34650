import { styleText } from 'node:util';
import type { Exchange, Exchanges } from './exchanges.ts';

const longestText = 64;
const longestList = 2;
const width = 100;

/** Long tokens and lists would hide what matters. */
const brief = (value: unknown): unknown => {
  if (typeof value === 'string' && value.length > longestText) {
    return `${value.slice(0, 20)}… (${value.length} characters)`;
  }
  if (Array.isArray(value)) {
    const shown = value.slice(0, longestList).map(brief);
    return value.length > longestList ? [...shown, `… ${value.length} in all`] : shown;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, brief(inner)]));
  }
  return value;
};

const wrap = (text: string, indent: string): string =>
  text.replace(new RegExp(`(.{1,${width - indent.length}})(?:(?<=,) ?|$)`, 'g'), `${indent}$1\n`);

/** JSON on few lines; a form stays as it is. */
export const shorten = (text: string): string => {
  try {
    return JSON.stringify(brief(JSON.parse(text))).replaceAll(',"', ', "');
  } catch {
    return String(brief(text));
  }
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
