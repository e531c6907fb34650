import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Fault } from './fault.ts';

/** What happened when, in lines: said at once, and written down at the end where that is asked. */
export function createTranscript(say: (line: string) => void, now = () => new Date()) {
  const lines: string[] = [];
  return {
    note(text: string): void {
      const line = `${now().toISOString().slice(11, 19)}  ${text}`;
      lines.push(line);
      say(line);
    },

    /** As a page of the docs. */
    page: ({ name, does, alert }: Fault, kind: string): string =>
      [
        `# Game day: ${name}`,
        '',
        `${does}. It must raise \`${alert}\`. Tried on a ${kind}, ${now().toISOString().slice(0, 10)}, times in UTC:`,
        '',
        '```',
        ...lines,
        '```',
        '',
      ].join('\n'),
  };
}
export type Transcript = ReturnType<typeof createTranscript>;

export function writePage(file: string, page: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, page);
}
