import { readFileSync, writeFileSync } from 'node:fs';
import { type Again, type Results, resultsSchema, withThoseOfAgain } from './results.ts';

export const readResults = (file: string): Results =>
  resultsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

/** What vitest is told so that it runs nothing else. */
export const argumentsOf = ({ files, pattern }: Again): string[] => [
  ...(pattern === undefined ? [] : ['--testNamePattern', pattern]),
  ...files,
];

/** After the run of these results was followed by one of what failed, which has written over them. */
export function writeBoth(file: string, first: Results): void {
  writeFileSync(file, JSON.stringify(withThoseOfAgain(first, readResults(file))));
}
