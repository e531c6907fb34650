import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const colours = [36, 35, 33, 32, 34, 96, 95, 93];
const levels: Record<string, number> = { warn: 33, error: 31, fatal: 31 };
const hidden = new Set([
  'level',
  'time',
  'service',
  'msg',
  'err',
  'pid',
  'hostname',
  'traceId',
  'spanId',
]);

export type Paint = (text: string, colour: number) => string;
export const paintFor = (stream: NodeJS.WriteStream): Paint =>
  stream.isTTY && !process.env.NO_COLOR
    ? (text, colour) => `\u001b[${colour}m${text}\u001b[0m`
    : (text) => text;

type Line = {
  level?: string;
  time?: string;
  msg?: string;
  err?: { message?: string; stack?: string };
};

function parse(text: string): Line | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}

/** One line for people: when, who, what, and what belongs to it; a fault with its stack. */
export function readable(name: string, colour: number, text: string, paint: Paint): string {
  const line = parse(text);
  const who = paint(name.padEnd(12), colour);
  if (!line) return `${''.padEnd(8)} ${who} ${text}`;

  const { level = 'info', time = '', msg = '', err } = line;
  const rest = Object.entries(line)
    .filter(([key]) => !hidden.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const said = [msg, ...(err?.message ? [`(${err.message})`] : []), ...rest].join(' ');
  const coloured = levels[level] ? paint(said, levels[level]) : said;
  const stack = level === 'error' && err?.stack ? `\n${err.stack}` : '';
  return `${time.slice(11, 19).padEnd(8)} ${who} ${coloured}${stack}`;
}

/** Copies a process's lines to `write`, one colour a name. */
export function createLogLines(write: (line: string) => void, paint: Paint) {
  let next = 0;
  return (name: string, ...streams: (Readable | null)[]): void => {
    const colour = colours[next++ % colours.length] ?? 37;
    for (const stream of streams) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        write(readable(name, colour, line, paint));
      });
    }
  };
}
export type LogLines = ReturnType<typeof createLogLines>;
